using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Till;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>A Bolt Card is tapped at the assistant's device. No browser of a test reads NFC, so its reader is made up.</summary>
[TestFixture]
public sealed class CardTests : TillBrowserFixture
{
    private const string Reader = """
        window.scans = 0;
        window.NDEFReader = class extends EventTarget {
          scan(options) {
            if (window.noNfc) {
              return Promise.reject(new DOMException('off', 'NotAllowedError'));
            }
            window.scans += 1;
            window.reader = this;
            options.signal.addEventListener('abort', () => window.scans -= 1);
            return Promise.resolve();
          }
        };
        window.tapCard = (type, text) => {
          const event = new Event('reading');
          event.message = { records: [{ recordType: 'empty' }, { recordType: type, encoding: 'utf-8', data: new DataView(new TextEncoder().encode(text).buffer) }] };
          window.reader.dispatchEvent(event);
        };
        """;

    private const string Card = "lnurlw://card.example/card?p=00112233445566778899AABBCCDDEEFF&c=0011223344556677";

    protected override X509Certificate2? CardCertificate => LocalCards.Certificate;

    private protected override void Register(IServiceCollection services) => services.AddSingleton<CardNetwork>(new LocalCards(() => Mion.CardPort!.Value));

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task The_assistant_sees_domain_and_amount_before_the_card_pays(bool phone, bool dark)
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        var look = $"{(phone ? "phone" : "desktop")}{(dark ? ".dark" : "")}";
        var till = await OpenWithReaderAsync(phone, dark);
        await ChargeAsync(till, "12.50", "Two coffees");
        await CheckAsync(till, $"offer.{look}");

        await till.ClickAsync("#mion-tap-begin");
        await Expect(till.Locator("#mion-tap")).ToContainTextAsync("Hold the card to the back of this device.");
        await CheckAsync(till, $"hold.{look}");
        await TapAsync(till);

        await Expect(till.Locator("#mion-tap-ask")).ToContainTextAsync("card.example");
        await Expect(till.Locator("#mion-tap-ask")).ToContainTextAsync("€12.50 = 24,039 sat");
        Assert.That(Mion.Calls(MionOperations.CardTap), Is.Zero, "nothing is called before the assistant agrees");
        await CheckAsync(till, $"confirm.{look}");
        await AssertLargeAsync(till);
        await till.ClickAsync("#mion-tap-pay");

        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("#mion-tap")).ToBeHiddenAsync();
        Assert.That(await till.EvaluateAsync<int>("window.scans"), Is.Zero, "the reader is off");
        await ShowAsync(till, $"paid.{look}");
    }

    [Test]
    public async Task A_card_that_cannot_pay_is_named_in_words_and_another_can_be_tapped_at_once()
    {
        Mion.Card = new StandInCard { Behaviour = CardBehaviour.RefusesTap };
        var till = await ChargeAsync(await OpenWithReaderAsync(phone: true));
        await till.ClickAsync("#mion-tap-begin");
        await TapAsync(till, text: "Anna Muster, 12 Main Street");
        await Expect(News(till)).ToHaveTextAsync("This card cannot pay here. Try another one.");

        await TapAsync(till);
        await till.ClickAsync("#mion-tap-pay");
        await Expect(News(till)).ToHaveTextAsync("The card's service has refused the payment. Try another card, or let the customer scan the code.");
        await CheckAsync(till, "refused");
        Mion.Card = new StandInCard { Behaviour = CardBehaviour.PaysNothing };
        await TapAsync(till);
        // it is another card's turn only when this one is done
        await TapAsync(till, text: "lnurlw://other.example/card");
        await Expect(till.Locator("[data-tap-domain]")).ToHaveTextAsync("card.example");
        await till.ClickAsync("#mion-tap-pay");

        await Expect(News(till)).ToContainTextAsync("This page turns green when Mion has received the payment.");
        await ExpectStateAsync(till, "Waiting");
        await CheckAsync(till, "sent");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
    }

    [TestCase("url", Card)]
    [TestCase("url", "LNURLW://CARD.example/card?p=1&c=1")]
    [TestCase("absolute-url", "https://card.example/card?p=1&c=1")]
    [TestCase("text", " lnurlw://card.example/card?p=1&c=1\n")]
    public async Task Cards_name_their_service_in_several_ways(string type, string text)
    {
        var till = await ChargeAsync(await OpenWithReaderAsync());
        await till.ClickAsync("#mion-tap-begin");
        await TapAsync(till, type, text);
        await Expect(till.Locator("[data-tap-domain]")).ToHaveTextAsync("card.example");
        await till.ClickAsync("#mion-tap-pay");
        await ExpectStateAsync(till, "Paid");
    }

    [Test]
    public async Task It_works_by_keyboard_and_can_be_stopped()
    {
        var till = await ChargeAsync(await OpenWithReaderAsync());
        await till.FocusAsync("#mion-tap-begin");
        await till.Keyboard.PressAsync("Enter");
        await Expect(till.Locator("#mion-tap-stop")).ToBeFocusedAsync();
        await TapAsync(till);
        await Expect(till.Locator("#mion-tap-pay")).ToBeFocusedAsync();
        await till.Keyboard.PressAsync("Tab");
        await till.Keyboard.PressAsync("Enter");

        await Expect(till.Locator("#mion-tap-begin")).ToBeFocusedAsync();
        await Expect(till.Locator("#mion-tap-ask")).ToBeHiddenAsync();
        Assert.That((await till.EvaluateAsync<int>("window.scans"), Mion.Calls(MionOperations.CardTap)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_device_that_may_not_read_says_so_and_one_that_cannot_offers_nothing()
    {
        var plain = await ChargeAsync(await OpenTillAsync());
        await Expect(plain.Locator("#mion-tap")).ToBeHiddenAsync();

        var till = await OpenWithReaderAsync();
        await till.AddInitScriptAsync("window.noNfc = true;");
        await ChargeAsync(till);
        await till.ClickAsync("#mion-tap-begin");
        await Expect(News(till)).ToHaveTextAsync("The card reader of this device cannot be used. Switch on NFC, allow this page to use it, and try again.");
        await Expect(till.Locator("#mion-tap-begin")).ToBeVisibleAsync();
        await till.ClickAsync("#mion-cancel");
        await ExpectStateAsync(till, "Cancelled");
        await Expect(till.Locator("#mion-tap")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_shop_that_is_not_there_is_no_card_that_refuses()
    {
        var till = await ChargeAsync(await OpenWithReaderAsync());
        await till.ClickAsync("#mion-tap-begin");
        await TapAsync(till);
        await till.RouteAsync("**/Admin/Mion/Till/Card/**", route => route.AbortAsync());

        await till.ClickAsync("#mion-tap-pay");

        await Expect(News(till)).ToHaveTextAsync("The shop could not be asked. Check the connection, and tap the card again.");
    }

    private static ILocator News(IPage till) => till.Locator("[data-tap-news]");

    private async Task<IPage> OpenWithReaderAsync(bool phone = false, bool dark = false)
    {
        var till = await OpenTillAsync(phone, dark);
        await till.AddInitScriptAsync(Reader);
        return till;
    }

    private static Task TapAsync(IPage till, string type = "url", string text = Card) => till.EvaluateAsync("([type, text]) => window.tapCard(type, text)", new[] { type, text });

    private async Task CheckAsync(IPage page, string name)
    {
        await ShowAsync(page, name);
        await AssertAccessibleAsync(page);
    }

    private static async Task AssertLargeAsync(IPage page) => Assert.That(await page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll('#mion-tap button')]
          .filter(target => target.offsetParent && target.getBoundingClientRect().height < 44).map(target => target.outerHTML)
        """), Is.Empty);
}
