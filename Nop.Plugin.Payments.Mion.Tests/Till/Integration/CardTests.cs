using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>
/// A Bolt Card that is tapped at the till pays the invoice on the screen; what its service names is called only where it is
/// on the internet. The calls go over TLS to a real server, by a resolver of the test's own.
/// </summary>
[TestFixture]
public sealed class CardTests : TillFixture
{
    private const string Elsewhere = "https://elsewhere.example/card/callback";
    private static readonly IPAddress[] _public = [IPAddress.Parse("93.184.215.14")];
    private static readonly IPAddress[] _private = [IPAddress.Parse("10.0.0.1")];

    private LocalCards _cards = null!;

    protected override X509Certificate2? CardCertificate => LocalCards.Certificate;

    private protected override void Register(IServiceCollection services) => services.AddSingleton<CardNetwork>(_cards = new LocalCards(() => Mion.CardPort!.Value));

    [Test]
    public async Task A_card_pays_the_invoice_and_the_charge_is_paid_when_mion_says_so()
    {
        var (assistant, charge) = await ChargeAsync();

        Assert.That(await TapAsync(assistant, charge), Is.EqualTo((nameof(CardResult.Sent), "The card's service has accepted. This page turns green when Mion has received the payment.")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SessionAsync(charge.Id)).State, Is.EqualTo(PaymentSessionState.Open), "the word of the card's service is no payment");
            Assert.That(Mion.Sessions.Single().IsPaid, Is.True);
            Assert.That((Mion.Calls(MionOperations.CardTap), Mion.Calls(MionOperations.CardInvoice)), Is.EqualTo((1, 1)));
            Assert.That(_cards.Connected, Is.All.EqualTo(new IPEndPoint(_public[0], 443)));
        }

        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Paid));
    }

    [Test]
    public async Task What_its_service_only_says_to_have_taken_is_not_paid()
    {
        Mion.Card = new StandInCard { Behaviour = CardBehaviour.PaysNothing };
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.Sent)));

        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Waiting));
    }

    [TestCase(CardBehaviour.RefusesTap, CardResult.Refused, 0)]
    [TestCase(CardBehaviour.RefusesInvoice, CardResult.Refused, 1)]
    [TestCase(CardBehaviour.WrongTag, CardResult.Unusable, 0)]
    [TestCase(CardBehaviour.NoJson, CardResult.Unusable, 0)]
    [TestCase(CardBehaviour.TooLong, CardResult.Unusable, 0)]
    [TestCase(CardBehaviour.Slow, CardResult.Unreachable, 0)]
    [TestCase(CardBehaviour.Endless, CardResult.Unreachable, 0)]
    public async Task A_card_that_does_not_pay_is_named_in_words_and_the_charge_goes_on(CardBehaviour behaviour, CardResult result, int invoices)
    {
        Mion.Card = new StandInCard { Behaviour = behaviour };
        var (assistant, charge) = await ChargeAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var answer = await TapAsync(assistant, charge);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Result, Is.EqualTo(result.ToString()));
            Assert.That(answer.Message, Does.Contain("card").And.Not.Contain("blocked").And.Not.Contain("<"), "in our words, never in a stranger's");
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)), "nobody waits for a card");
            Assert.That(Mion.Calls(MionOperations.CardInvoice), Is.EqualTo(invoices));
        }

        Mion.Card = new StandInCard();
        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.Sent)), "the next card pays");
    }

    [TestCase(1, 24_038_000)]
    [TestCase(24_040_000, 50_000_000)]
    public async Task An_amount_outside_of_its_limits_is_not_asked_for(long least, long most)
    {
        Mion.Card = new StandInCard { MinWithdrawable = least, MaxWithdrawable = most };
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.OutsideLimits)));
        Assert.That(Mion.Calls(MionOperations.CardInvoice), Is.Zero);
    }

    [TestCase("http://card.example/card?p=1&c=1")]
    [TestCase("https://card.example:8443/card?p=1&c=1")]
    [TestCase("https://me@card.example/card?p=1&c=1")]
    [TestCase("https://127.0.0.1/card?p=1&c=1")]
    [TestCase("https://[::1]/card?p=1&c=1")]
    [TestCase("https://inside.example/card?p=1&c=1")]
    [TestCase("https://metadata.example/card?p=1&c=1")]
    [TestCase("https://mapped.example/card?p=1&c=1")]
    [TestCase("https://half.example/card?p=1&c=1")]
    public async Task An_address_that_is_not_on_the_internet_is_never_connected_to(string address)
    {
        _cards.Names["inside.example"] = _private;
        _cards.Names["metadata.example"] = [IPAddress.Parse("169.254.169.254")];
        _cards.Names["mapped.example"] = [IPAddress.Parse("::ffff:10.0.0.1")];
        _cards.Names["half.example"] = [.. _public, .. _private];
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge, address)).Result, Is.EqualTo(nameof(CardResult.NotAllowed)));
        Assert.That(_cards.Connected, Is.Empty);
    }

    [TestCase("https://10.0.0.1/card/callback", CardResult.NotAllowed)]
    [TestCase("http://card.example/card/callback", CardResult.NotAllowed)]
    [TestCase(Elsewhere, CardResult.NotAllowed)]
    [TestCase("https://unknown.example/card/callback", CardResult.Unreachable)]
    public async Task The_place_for_the_invoice_is_another_strangers_address(string callback, CardResult result)
    {
        _cards.Names["elsewhere.example"] = _private;
        Mion.Card = new StandInCard { Elsewhere = callback };
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(result.ToString()));
        Assert.That(_cards.Connected, Has.Count.EqualTo(1), "that of the card itself");
    }

    [TestCase("https://10.0.0.1/")]
    [TestCase("https://elsewhere.example/card?p=1&c=1")]
    public async Task A_redirect_is_not_followed_wherever_it_leads(string address)
    {
        _cards.Names["elsewhere.example"] = _public;
        Mion.Card = new StandInCard { Behaviour = CardBehaviour.Redirects, Elsewhere = address };
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.Unusable)));
        Assert.That((_cards.Connected.Count, Mion.Calls(MionOperations.CardTap)), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_name_that_leads_elsewhere_a_moment_later_gains_nothing()
    {
        var looks = 0;
        // looked up once a call: the first time a public address, ever after one inside
        _cards.Resolving = host => _cards.Names[host] = looks++ == 0 ? _public : _private;
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.NotAllowed)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(looks, Is.EqualTo(2), "what was looked up is what is connected to");
            Assert.That(_cards.Connected, Is.EqualTo(new[] { new IPEndPoint(_public[0], 443) }));
            Assert.That(Mion.Calls(MionOperations.CardInvoice), Is.Zero);
        }
    }

    [Test]
    public async Task A_server_with_another_names_certificate_is_not_the_cards()
    {
        _cards.Names["elsewhere.example"] = _public;
        var (assistant, charge) = await ChargeAsync();

        Assert.That((await TapAsync(assistant, charge, "https://elsewhere.example/card?p=1&c=1")).Result, Is.EqualTo(nameof(CardResult.Unreachable)));
        Assert.That((_cards.Connected.Count, Mion.Calls(MionOperations.CardTap)), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_charge_that_was_given_up_or_has_another_code_asks_no_card()
    {
        var (assistant, charge) = await ChargeAsync();
        Assert.That((await TapAsync(assistant, charge, attempts: 1)).Result, Is.EqualTo(nameof(CardResult.CodeChanged)), "the code of before");
        Time.Advance(TimeSpan.FromSeconds(110));
        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.CodeChanged)), "the next code is due");
        await CancelAsync(charge.Id);
        Assert.That((await TapAsync(assistant, charge)).Result, Is.EqualTo(nameof(CardResult.CodeChanged)), "cancelled");
        Assert.That((await TapAsync(assistant, new MionPaymentSession { Id = 4711 })).Result, Is.EqualTo(nameof(CardResult.CodeChanged)), "no such charge");

        Assert.That((_cards.Connected.Count, Mion.Calls(MionOperations.CardTap)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_button_that_is_pressed_twice_at_once_pays_once()
    {
        var (assistant, charge) = await ChargeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TapAsync(assistant, charge)));

        Assert.That(answers.Select(answer => answer.Result), Has.One.EqualTo(nameof(CardResult.Sent)));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Paid));
    }

    [Test]
    public async Task Without_the_tills_permission_or_the_forms_token_no_card_is_asked()
    {
        var (assistant, charge) = await ChargeAsync();
        var attempt = (await AttemptsAsync(charge.Id))[0].Id;
        var clerk = NewBrowser();
        await clerk.EnterAdminAsClerkAsync(MionPermissions.View);

        using var refused = await clerk.SendFormAsync(Address(charge.Id), ("attemptId", $"{attempt}"), ("address", LocalCards.Address));
        using var bare = await assistant.PostAsync(Address(charge.Id), new FormUrlEncodedContent([new("attemptId", $"{attempt}"), new("address", LocalCards.Address)]));
        using var anonymous = await NewBrowser().SendFormAsync(Address(charge.Id), ("attemptId", $"{attempt}"), ("address", LocalCards.Address));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Headers.Location?.OriginalString, Does.StartWith("/Admin/Security/AccessDenied"));
            Assert.That(bare.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(anonymous.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));
            Assert.That((_cards.Connected.Count, Mion.Calls(MionOperations.CardTap)), Is.EqualTo((0, 0)));
        }
    }

    [Test]
    public async Task The_log_names_the_domain_and_the_failure_and_no_secret()
    {
        await Shop.SetSettingAsync("mionsettings.logdetail", "Information");
        var (assistant, charge) = await ChargeAsync();
        Mion.Card = new StandInCard { Behaviour = CardBehaviour.RefusesInvoice };
        await TapAsync(assistant, charge);
        Mion.Card = new StandInCard { Elsewhere = "https://10.0.0.1/secret?key=7" };
        await TapAsync(assistant, charge);

        var lines = (await Shop.GetLogAsync()).Where(line => line.ShortMessage.Contains("of a card", StringComparison.Ordinal)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(line => line.ShortMessage), Has.One.Contains("card.example").And.Contains("Refused").And.One.Contains("NotAllowed"));
            foreach (var secret in new[] { "00112233", "p=", "k1", "secret", "lnbc", "No money" })
                Assert.That((await Shop.GetLogAsync()).Select(line => $"{line.ShortMessage} {line.FullMessage} {line.PageUrl}"), Has.None.Contains(secret));
        }
    }

    [Test]
    public void The_machines_own_network_keeps_the_same_rules()
    {
        var calls = new CardCalls(new CardNetwork());

        foreach (var address in new[] { "https://localhost/", $"https://{IPAddress.Loopback}/" })
            Assert.That(async () => await calls.GetAsync(new Uri(address)), Throws.TypeOf<CardException>().With.Property(nameof(CardException.Result)).EqualTo(CardResult.NotAllowed));
        Assert.That(async () => await calls.GetAsync(new Uri("https://does-not-exist.invalid/")),
            Throws.TypeOf<CardException>().With.Property(nameof(CardException.Result)).EqualTo(CardResult.Unreachable));
    }

    private static string Address(int id) => $"/Admin/Mion/Till/Card/{id}";

    private async Task<(ShopBrowser Assistant, MionPaymentSession Charge)> ChargeAsync()
    {
        var assistant = NewBrowser();
        await assistant.EnterTillAsync();
        var charge = (await ChargeAmountAsync()).Session!;
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Waiting));
        return (assistant, charge);
    }

    /// <param name="attempts">How many attempts before the newest is meant.</param>
    private async Task<(string Result, string Message)> TapAsync(ShopBrowser assistant, MionPaymentSession charge, string address = LocalCards.Address, int attempts = 0)
    {
        var attempt = (await AttemptsAsync(charge.Id)).FirstOrDefault()?.Id - attempts;
        using var response = await assistant.SendFormAsync(Address(charge.Id), ("attemptId", $"{attempt ?? 0}"), ("address", address));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var answer = JObject.Parse(await response.Content.ReadAsStringAsync());
        return ((string)answer["Result"]!, (string)answer["Message"]!);
    }
}
