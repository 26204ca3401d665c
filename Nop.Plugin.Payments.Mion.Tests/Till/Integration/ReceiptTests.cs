using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>The digital receipt of a charge: who may read it, for how long, what it says, and how it is sent by e-mail.</summary>
[TestFixture]
public sealed class ReceiptTests : TillFixture
{
    private const string Buyer = "ada.lovelace@customer.example";

    [Test]
    public async Task A_paid_charge_has_a_page_that_says_what_was_paid_and_nothing_about_people()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "10");
        var charge = (await ChargeAmountAsync(1250, "For Grace Hopper", origin: new(Screen, "Till of Alan", 3))).Session!;
        await InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChooseTipAsync(charge, new(125, 1.25m)));
        var paid = await PayAsync(charge);
        var (guests, customer) = (await Shop.CountGuestsAsync(), NewBrowser());

        using var response = await customer.GetAsync(Address(paid));

        var html = await response.Content.ReadAsStringAsync();
        var page = await ShopBrowser.ReadAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((Part(page, "Base"), Part(page, "Tip"), Part(page, "Sum")), Is.EqualTo(("€12.50", "€1.25", "€13.75")));
            Assert.That(Part(page, "Satoshi"), Is.EqualTo(await PrintedSatoshiAsync(paid)));
            Assert.That(Part(page, "Reference"), Is.EqualTo(paid.PaymentSessionId));
            Assert.That(page.QuerySelector("h1")?.TextContent, Is.EqualTo("Demo shop"));
            Assert.That(page.QuerySelector("main a")?.GetAttribute("href"), Is.EqualTo(Shop.BaseAddress.ToString().TrimEnd('/')));
            Assert.That(new[] { "Grace", "Alan", paid.Reference, Screen }.Where(html.Contains), Is.Empty, "nobody's name, and no other key");
            Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests), "a phone is nobody's");
            Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
            Assert.That(response.Headers.GetValues("X-Robots-Tag"), Is.EqualTo(new[] { "noindex" }));
            Assert.That(page.QuerySelectorAll("script, form, input"), Is.Empty);
        }
    }

    [Test]
    public async Task An_orders_charge_names_its_number_and_not_its_customer()
    {
        var orderId = await PlaceOrderAsync();
        await ChangeOrderAsync(orderId, order => order.CustomOrderNumber = "2026-000017");
        var paid = await PayAsync((await ChargeOrderAsync(orderId)).Session!);

        var page = await NewBrowser().OpenAsync(Address(paid));

        Assert.That((Part(page, "OrderNumber"), Part(page, "Base"), Part(page, "Tip")), Is.EqualTo(("2026-000017", "€12.90", "")));
        Assert.That(page.DocumentElement.TextContent, Does.Not.Contain("Shopper"));
    }

    [Test]
    public async Task Until_it_is_paid_there_is_none_and_after_thirty_days_there_is_none_any_more()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        var guests = await Shop.CountGuestsAsync();
        Assert.That(await StatusAsync(Address(charge)), Is.EqualTo(HttpStatusCode.NotFound), "not paid");
        await PayAsync(charge);
        Time.Advance(TimeSpan.FromDays(29.9));
        Assert.That(await StatusAsync(Address(charge)), Is.EqualTo(HttpStatusCode.OK), "a month later");

        Time.Advance(TimeSpan.FromDays(1));
        using var response = await NewBrowser().GetAsync(Address(charge));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await ShopBrowser.ReadAsync(response)).QuerySelector("h1")?.TextContent, Is.EqualTo("There is no receipt here"));
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That((await (await AssistantAsync()).OpenAsync($"/Admin/Mion/Till/Charge/{charge.Id}")).QuerySelector("#mion-digital")?.HasAttribute("hidden"), Is.True, "nor a code that leads to nothing");
    }

    [Test]
    public async Task What_was_not_paid_as_it_should_has_none()
    {
        var cancelled = (await ChargeAmountAsync()).Session!;
        await CancelAsync(cancelled.Id);
        Assert.That(await StatusAsync(Address(cancelled)), Is.EqualTo(HttpStatusCode.NotFound), "cancelled");
        Mion.PayByLightning(cancelled.PaymentSessionId);
        await LookAsync(cancelled.Id);
        Assert.That((await LookAsync(cancelled.Id)).State, Is.EqualTo(TillState.NeedsHelp));
        Assert.That(await StatusAsync(Address(cancelled)), Is.EqualTo(HttpStatusCode.NotFound), "a person must decide");

        var late = (await ChargeAmountAsync()).Session!;
        Time.Advance(TimeSpan.FromHours(1));
        Assert.That((await LookAsync(late.Id)).State, Is.EqualTo(TillState.Expired));
        Assert.That(await StatusAsync(Address(late)), Is.EqualTo(HttpStatusCode.NotFound), "not paid in time");
    }

    [Test]
    public async Task A_payment_online_has_none()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        (await purchase.Browser.GetAsync($"/mion/return/{session.Token}")).Dispose();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Paid));

        Assert.That(await StatusAsync(Address(session)), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("")]
    [TestCase("/x")]
    [TestCase("/0123456789ABCDEF0123456789ABCDEF")]
    [TestCase("/17")]
    public async Task What_cannot_be_a_token_is_answered_without_a_look_into_the_database(string token)
    {
        Breakages.Database = true;

        using var response = await NewBrowser().GetAsync($"/mion/receipt{token}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "the table cannot be read");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("There is no receipt here"));
    }

    [TestCase("GET", "")]
    [TestCase("GET", "/status")]
    [TestCase("POST", "/retry")]
    [TestCase("POST", "/change")]
    public async Task Its_token_opens_no_page_of_a_payment_online(string method, string end)
    {
        var orderId = await PlaceOrderAsync();
        var charge = (await ChargeOrderAsync(orderId)).Session!;
        await PayAsync(charge);
        var (browser, calls) = (NewBrowser(), Mion.Sessions.Count);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/mion/payment/{charge.Token}{end}");

        using var response = await browser.SendAsync(request);

        if (response.StatusCode == HttpStatusCode.Redirect)
            Assert.That((await browser.OpenAsync(response.Headers.Location!.ToString())).QuerySelector("h1")?.TextContent, Is.EqualTo("We do not know this payment"));
        else
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], Has.None.Contains(charge.Token));
        Assert.That(Mion.Sessions, Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task Not_even_the_orders_own_customer_is_given_it_by_the_payment_page()
    {
        var purchase = await BuyAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
        var charge = await PayAsync((await ChargeOrderAsync(purchase.OrderId)).Session!);

        using var response = await purchase.Browser.GetAsync($"/mion/payment/{charge.Id}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], Has.None.Contains(charge.Token));
    }

    [TestCase("de-AT,de;q=0.9,en;q=0.8", "de", "de-AT", "Mit Bitcoin bezahlt")]
    [TestCase("fi-FI", "fi", "fi-FI", "Maksettu Bitcoinilla")]
    [TestCase("nn", "nb", "nn", "Betalt med Bitcoin")]
    [TestCase("pl-PL", "en", "en", "Paid with Bitcoin")]
    [TestCase("en-Klingon-x-1", "en", "en", "Paid with Bitcoin")]
    [TestCase("*", "en", "en", "Paid with Bitcoin")]
    public async Task It_speaks_the_browsers_language_and_goes_by_the_stores_clock(string asked, string language, string culture, string title)
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        var paid = await PayAsync((await ChargeAmountAsync(123450)).Session!);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(paid));
        request.Headers.TryAddWithoutValidation("Accept-Language", asked);

        using var response = await NewBrowser().SendAsync(request);

        var page = await ShopBrowser.ReadAsync(response);
        var time = TimeZoneInfo.ConvertTimeFromUtc(paid.PaidOnUtc!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var writes = CultureInfo.GetCultureInfo(culture);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
            Assert.That(page.QuerySelector("main strong")?.TextContent, Is.EqualTo(title));
            Assert.That(Part(page, "PaidOn"), Is.EqualTo(time.ToString("g", writes)));
            Assert.That(Part(page, "Base"), Is.EqualTo(EuroAmount.Format(123450, writes)));
            Assert.That(page.QuerySelector(".mion-till-until")?.TextContent, Does.Contain(time.AddDays(30).ToString("d", writes)));
        }
    }

    [Test]
    public async Task The_assistants_page_and_the_customers_screen_show_the_way_to_it_once_it_is_paid()
    {
        var (assistant, customer) = (await AssistantAsync(), NewBrowser());
        var charge = (await ChargeAmountAsync()).Session!;
        Assert.That(((string?)(await ReadAsync(customer, $"/mion/till/{Screen}/status"))["ReceiptCode"], (string?)(await ReadAsync(assistant, $"/Admin/Mion/Till/Status/{charge.Id}"))["ReceiptCode"]),
            Is.EqualTo(("", "")), "there is none yet");

        await PayAsync(charge);

        var expected = QrCode.ToDataUrl($"{Shop.BaseAddress}mion/receipt/{charge.Token}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)(await ReadAsync(customer, $"/mion/till/{Screen}/status"))["ReceiptCode"], Is.EqualTo(expected));
            Assert.That((string?)(await ReadAsync(assistant, $"/Admin/Mion/Till/Status/{charge.Id}"))["ReceiptCode"], Is.EqualTo(expected));
            Assert.That((await assistant.OpenAsync($"/Admin/Mion/Till/Charge/{charge.Id}")).QuerySelector("#mion-digital:not([hidden]) img")?.GetAttribute("src"), Is.EqualTo(expected));
        }

        Time.Advance(TimeSpan.FromSeconds(50));
        Assert.That((string?)(await ReadAsync(customer, $"/mion/till/{Screen}/status"))["State"], Is.EqualTo("Paid"), "there is time to find the camera");
        Time.Advance(TimeSpan.FromSeconds(15));
        var later = await ReadAsync(customer, $"/mion/till/{Screen}/status");
        Assert.That(((string?)later["State"], (string?)later["ReceiptCode"]), Is.EqualTo(("Idle", "")), "the next customer does not see it");
    }

    [Test]
    public async Task It_is_sent_at_once_to_an_address_that_is_kept_nowhere()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "10");
        var charge = (await ChargeAmountAsync(1250, "For Grace Hopper")).Session!;
        await InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChooseTipAsync(charge, new(125, 1.25m)));
        await PayAsync(charge);
        var assistant = await AssistantAsync();

        var page = await SendAsync(assistant, charge.Id, $" {Buyer} ");

        var mail = Shop.MailServer.Sent.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.From, mail.To, mail.ToName, mail.ReplyTo), Is.EqualTo(("owner@demo.example", Buyer, "", (string?)null)));
            Assert.That(mail.Subject, Is.EqualTo("Demo shop: your receipt"));
            Assert.That(mail.Body, Does.Contain("Amount: €12.50").And.Contain("Tip: €1.25").And.Contain("Total: €13.75").And.Contain($"href=\"{Shop.BaseAddress}mion/receipt/{charge.Token}\""));
            Assert.That(mail.Body, Does.Not.Contain("Grace"));
            Assert.That(page.QuerySelector("#mion-mailed")?.TextContent, Is.EqualTo("The receipt has been sent."));
            Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain(Buyer), "the next customer does not read it");
            Assert.That(await FindInDatabaseAsync(Buyer), Is.Empty);
            Assert.That(await QueuedAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task It_is_sent_in_the_language_that_the_assistant_works_in()
    {
        var german = await AddLanguageAsync("de-DE");
        var paid = await PayAsync((await ChargeAmountAsync(123450)).Session!);
        var assistant = await AssistantAsync();
        (await assistant.OpenAsync("/Admin/Mion/Till")).Dispose();
        await InScopeAsync<IRepository<Customer>, bool>(async customers =>
        {
            var account = await customers.Table.FirstOrDefaultAsync(customer => customer.Email == CustomerService.AdminEmail);
            account!.LanguageId = german;
            await customers.UpdateAsync(account);
            return true;
        });

        await SendAsync(assistant, paid.Id, Buyer);

        var mail = Shop.MailServer.Sent.Single();
        Assert.That(mail.Subject, Is.EqualTo("Demo shop: Ihr Beleg"));
        Assert.That(WebUtility.HtmlDecode(mail.Body), Does.Contain("Betrag: 1.234,50 €").And.Contain("Beleg öffnen"));
    }

    [Test]
    public async Task A_mail_server_that_refuses_is_said_to_the_assistant_alone()
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);
        Shop.MailServer.Failure = new InvalidOperationException($"550 no such mailbox: {Buyer}");

        var page = await SendAsync(await AssistantAsync(), paid.Id, Buyer);

        var log = await Shop.GetLogAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("#mion-mailed[role=alert]")?.TextContent, Does.StartWith("The mail server did not take it."));
            Assert.That(page.QuerySelector("#mion-mail")?.GetAttribute("value"), Is.EqualTo(Buyer), "it need not be typed again");
            Assert.That(log.Select(line => line.ShortMessage + line.FullMessage), Has.One.Contains("could not be sent by e-mail: InvalidOperationException."));
            Assert.That(await FindInDatabaseAsync(Buyer), Is.Empty);
        }

        Shop.MailServer.Failure = null;
        Assert.That((await SendAsync(await AssistantAsync(), paid.Id, Buyer)).QuerySelector("#mion-mailed")?.GetAttribute("data-result"), Is.EqualTo("Sent"));
    }

    [Test]
    public async Task A_store_without_an_email_account_says_so()
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);
        await InScopeAsync<IRepository<EmailAccount>, int>(accounts => accounts.DeleteAsync(account => account.Id > 0));

        var page = await SendAsync(await AssistantAsync(), paid.Id, Buyer);

        Assert.That(page.QuerySelector("#mion-mailed")?.GetAttribute("data-result"), Is.EqualTo("NoAccount"));
        Assert.That(page.QuerySelector("#mion-mail")?.GetAttribute("value"), Is.EqualTo(Buyer));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("ada")]
    [TestCase("ada@customer")]
    [TestCase("ada@customer.example\r\nBcc: everybody@customer.example")]
    [TestCase("\"a\rb\"@customer.example")]
    [TestCase("Ada <ada@customer.example>")]
    [TestCase("ada@customer.example, grace@customer.example")]
    public async Task What_is_no_address_is_sent_nothing(string typed)
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);

        var page = await SendAsync(await AssistantAsync(), paid.Id, typed);

        Assert.That((page.QuerySelector("#mion-mailed")?.GetAttribute("data-result"), Shop.MailServer.Sent.Count), Is.EqualTo(("BadAddress", 0)));
    }

    [Test]
    public async Task An_address_longer_than_any_mailbox_is_none()
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);

        var result = await SendAsync(paid.Id, $"{new string('a', 60)}@{string.Join('.', Enumerable.Repeat(new string('b', 60), 4))}.example");

        Assert.That((result, Shop.MailServer.Sent.Count), Is.EqualTo((ReceiptMailResult.BadAddress, 0)));
    }

    [Test]
    public async Task Without_a_receipt_nothing_is_sent()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        var assistant = await AssistantAsync();

        using var response = await assistant.SubmitAsync(await assistant.OpenAsync($"/Admin/Mion/Till/Charge/{charge.Id}"), "form[data-mail]", ("email", Buyer));

        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/Admin/Mion/Till/Charge/{charge.Id}"));
        Assert.That(Shop.MailServer.Sent, Is.Empty);
    }

    [Test]
    public async Task A_reload_of_the_answer_sends_nothing_again()
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);
        var assistant = await AssistantAsync();

        using var sent = await assistant.SubmitAsync(await assistant.OpenAsync($"/Admin/Mion/Till/Charge/{paid.Id}"), "form[data-mail]", ("email", Buyer));
        using var opened = await assistant.GetAsync($"/Admin/Mion/TillReceipt/{paid.Id}");

        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(opened.Headers.Location?.ToString(), Is.EqualTo($"/Admin/Mion/Till/Charge/{paid.Id}"));
        Assert.That(Shop.MailServer.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Who_may_not_charge_or_comes_from_another_site_sends_nothing()
    {
        var paid = await PayAsync((await ChargeAmountAsync()).Session!);
        var clerk = NewBrowser();
        await clerk.EnterAdminAsClerkAsync(MionPermissions.View, MionPermissions.Decide);
        var assistant = await AssistantAsync();

        using var refused = await clerk.SendFormAsync($"/Admin/Mion/TillReceipt/{paid.Id}", ("email", Buyer));
        using var forged = await assistant.PostAsync($"/Admin/Mion/TillReceipt/{paid.Id}", new FormUrlEncodedContent([KeyValuePair.Create("email", Buyer)]));

        Assert.That(refused.Headers.Location?.OriginalString, Does.StartWith("/Admin/Security/AccessDenied"));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Shop.MailServer.Sent, Is.Empty);
    }

    private static string Address(MionPaymentSession session) => $"/mion/receipt/{session.Token}";

    private static string Part(IHtmlDocument page, string name) => page.QuerySelector($"[data-part={name}]")?.TextContent ?? string.Empty;

    private static async Task<JObject> ReadAsync(ShopBrowser browser, string address)
    {
        using var response = await browser.GetAsync(address);
        return JObject.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<MionPaymentSession> PayAsync(MionPaymentSession charge)
    {
        Mion.PayByLightning((await SessionAsync(charge.Id)).PaymentSessionId);
        await Soon.Async("the charge is paid", async () => (await LookAsync(charge.Id)).State == TillState.Paid);
        return await SessionAsync(charge.Id);
    }

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var response = await NewBrowser().GetAsync(address);
        return response.StatusCode;
    }

    private async Task<ShopBrowser> AssistantAsync()
    {
        var browser = NewBrowser();
        await browser.EnterTillAsync();
        return browser;
    }

    private async Task<string?> PrintedSatoshiAsync(MionPaymentSession paid) =>
        (await (await AssistantAsync()).OpenAsync($"/Admin/Mion/Till/Charge/{paid.Id}")).QuerySelector("#mion-receipt [data-text=Satoshi]")?.TextContent;

    /// <summary>Sends by the form on the charge's page, and reads what is answered.</summary>
    private static async Task<IHtmlDocument> SendAsync(ShopBrowser assistant, int id, string typed)
    {
        using var response = await assistant.SubmitAsync(await assistant.OpenAsync($"/Admin/Mion/Till/Charge/{id}"), "form[data-mail]", ("email", typed));
        return response.Headers.Location is { } location ? await assistant.OpenAsync(location.ToString()) : await ShopBrowser.ReadAsync(response);
    }

    private Task<ReceiptMailResult> SendAsync(int id, string address) => Shop.InScopeAsync(async services =>
        await services.GetRequiredService<ReceiptMail>().SendAsync((await services.GetRequiredService<PaymentSessionStore>().GetByIdAsync(id))!, address));

    /// <summary>The tables and columns of the shop's whole database that hold a text.</summary>
    private async Task<List<string>> FindInDatabaseAsync(string text)
    {
        await using var connection = new SqliteConnection(Shop.Services.GetRequiredService<ShopDatabase>().ConnectionString);
        await connection.OpenAsync();
        var found = new List<string>();
        foreach (var table in await ReadAsync("SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (var column in await ReadAsync($"SELECT name FROM pragma_table_info('{table}')"))
            {
                if (await ReadAsync($"SELECT 1 FROM \"{table}\" WHERE instr(lower(\"{column}\"), '{text}') > 0") is { Count: > 0 })
                    found.Add($"{table}.{column}");
            }
        }

        Assert.That(await ReadAsync("SELECT name FROM sqlite_master WHERE type = 'table'"), Has.Count.GreaterThan(10), "there is a database to look into");
        return found;

        async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(reader.GetString(0));
            return rows;
        }
    }
}
