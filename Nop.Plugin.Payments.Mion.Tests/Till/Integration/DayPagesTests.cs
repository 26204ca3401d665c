using System.Net;
using AngleSharp.Dom;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>The pages of the till's day: what came in, the close, the closes before.</summary>
[TestFixture]
public sealed class DayPagesTests : TillFixture
{
    private const string Day = "/Admin/Mion/TillDay";

    [TestCase(Day)]
    [TestCase(Day + "/Report/1")]
    [TestCase(Day + "/Export?storeId=1")]
    public async Task The_day_is_for_assistants_only(string page)
    {
        using var stranger = await NewBrowser().GetAsync(page);
        using var clerk = await (await EnterAsync(MionPermissions.View)).GetAsync(page);

        Assert.That(stranger.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
        Assert.That(clerk.Headers.Location?.OriginalString, Does.StartWith("/Admin/Security/AccessDenied"));
    }

    [Test]
    public async Task What_the_tills_have_taken_is_said_by_how_it_stands_by_way_by_till_and_by_assistant()
    {
        await PayAsync(await ChargeAsync(1250, "One", 7));
        await PayAsync(await ChargeAsync(750, "Two", 8));
        await CancelAsync(await ChargeAsync(300, "One"));
        await ChargeAsync(100, "One");
        var wrong = await ChargeAsync(5000, "Two", 8);
        await CancelAsync(wrong);
        await PayAsync(wrong);
        Mion.PayTooLittle((await SessionAsync(await ChargeAsync(900, "One"))).PaymentSessionId);
        await LookAsync(6);

        var (all, one) = (await ReadAsync(Day), await ReadAsync($"{Day}?here=true", "One"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.SupersetOf(new[]
            {
                "Charges made 6 €83.00", "Paid 2 €20.00", "Needs a decision 1 €50.00", "Payment seen 1 €9.00", "Open 1 €1.00", "Cancelled 1 €3.00", "Not paid 0 €0.00",
                "Received 3 €70.00", "One 1 €12.50", "Two 2 €57.50", "#7 1 €12.50", "#8 2 €57.50", "Lightning 3 €70.00"
            }));
            Assert.That(one, Is.SupersetOf(new[] { "Charges made 4 €25.50", "Received 1 €12.50" }));
        }
    }

    [Test]
    public async Task A_close_is_made_once_by_all_who_were_shown_its_number_and_stays_as_it_was_made()
    {
        await PayAsync(await ChargeAsync(1250, "One", 7));
        var (first, second) = (await EnterAsync(MionPermissions.Charge), await EnterAsync(MionPermissions.Charge));
        var (here, there) = (await first.OpenAsync(Day), await second.OpenAsync(Day));
        using var closed = await first.SubmitAsync(here, "form[action$=Close]");
        await PayAsync(await ChargeAsync(100, "One", 7));
        using var again = await second.SubmitAsync(there, "form[action$=Close]");

        var report = await first.OpenAsync(closed.Headers.Location!.ToString());
        var day = await first.OpenAsync(Day);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Headers.Location, Is.EqualTo(closed.Headers.Location));
            Assert.That(Text(report.QuerySelector("#mion-report h2")!), Is.EqualTo("Close (Z) 1"));
            Assert.That(report.QuerySelector("#mion-received")?.TextContent, Is.EqualTo("€12.50"));
            Assert.That(report.QuerySelector("#mion-report")?.TextContent, Does.Contain("admin@demo.example").And.Contain("This is no fiscal register."));
            Assert.That(day.QuerySelector("#mion-received")?.TextContent, Is.EqualTo("€1.00"), "the next day's");
            Assert.That(day.QuerySelector("[name=number]")?.GetAttribute("value"), Is.EqualTo("2"));
            Assert.That(day.QuerySelectorAll("#mion-closes li").Select(Text), Is.EqualTo(new[] { Text(day.QuerySelector("#mion-closes li")!) }).And.One.Contains("€12.50"));
            Assert.That(day.Body!.TextContent, Does.Contain("This is no fiscal register."));
        }
    }

    [Test]
    public async Task What_is_paid_after_the_close_is_named_in_the_next()
    {
        var late = await ChargeAsync(700, "One");
        var assistant = await EnterAsync(MionPermissions.Charge);
        (await assistant.SubmitAsync(await assistant.OpenAsync(Day), "form[action$=Close]")).Dispose();

        await PayAsync(late);

        var named = (await assistant.OpenAsync(Day)).QuerySelectorAll("#mion-late tr").Select(Text).Last();
        Assert.That(named, Does.Contain((await SessionAsync(late)).Reference).And.Contain("One").And.EndsWith("€7.00"));
    }

    [Test]
    public async Task A_number_that_the_closes_have_not_come_to_closes_nothing()
    {
        var assistant = await EnterAsync(MionPermissions.Charge);

        using var response = await assistant.SubmitAsync(await assistant.OpenAsync(Day), "form[action$=Close]", ("number", "5"));

        var page = await ShopBrowser.ReadAsync(response);
        Assert.That((page.QuerySelector("#mion-day-problem") is not null, page.QuerySelector("[name=number]")?.GetAttribute("value")), Is.EqualTo((true, "1")));
    }

    [Test]
    public async Task A_close_that_was_begun_and_not_finished_is_said_and_gone_on_with()
    {
        await PayAsync(await ChargeAsync(100, "One"));
        await InScopeAsync<DayCloseStore, bool>(store => store.TryBeginAsync(new MionTillClose { StoreId = 1, Number = 1, Token = Guid.NewGuid() }));
        var assistant = await EnterAsync(MionPermissions.Charge);
        var page = await assistant.OpenAsync(Day);
        Assert.That((page.QuerySelector("form[action$=Close]")!.TextContent.Contains("not finished it", StringComparison.Ordinal), page.QuerySelector("#mion-closes")), Is.EqualTo((true, (IElement?)null)));

        using var closed = await assistant.SubmitAsync(page, "form[action$=Close]");

        Assert.That((await assistant.OpenAsync(closed.Headers.Location!.ToString())).QuerySelector("#mion-received")?.TextContent, Is.EqualTo("€1.00"));
    }

    [Test]
    public async Task The_closes_are_exported()
    {
        var assistant = await EnterAsync(MionPermissions.Charge);
        (await assistant.SubmitAsync(await assistant.OpenAsync("/Admin/Mion/Till"), "form[action$=Name]", ("name", "=Tea, \"1\""))).Dispose();
        await PayAsync(await ChargeAsync(1250, "One", 7));
        (await assistant.SubmitAsync(await assistant.OpenAsync(Day), "form[action$=Close]")).Dispose();
        (await assistant.SubmitAsync(await assistant.OpenAsync(Day), "form[action$=Close]")).Dispose();

        using var file = await assistant.GetAsync($"{Day}/Export?storeId=1");
        var lines = (await file.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(file.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/csv"));
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0].Split(','), Is.EqualTo(DayExport.Columns));
        Assert.That(lines[1], Does.StartWith("1,").And.Contain(",\"'=Tea, \"\"1\"\"\",").And.EndsWith(",1,1250,1,1250,0,0,1,1250,0,0,0,0,0,0,0,0,0"));
        Assert.That(lines[2], Does.StartWith("2,").And.EndsWith(",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"));
    }

    [Test]
    public async Task A_form_of_another_site_closes_nothing()
    {
        var assistant = await EnterAsync(MionPermissions.Charge);

        using var response = await assistant.PostAsync(Day + "/Close", new FormUrlEncodedContent([KeyValuePair.Create("storeId", "1"), KeyValuePair.Create("number", "1")]));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await InScopeAsync<DayCloseStore, MionTillClose?>(store => store.GetLastAsync(1)), Is.Null);
    }

    private async Task<int> ChargeAsync(long cents, string till, int? assistantId = null) =>
        (await ChargeAmountAsync(cents, origin: new(Screen, till, assistantId))).Session!.Id;

    private async Task PayAsync(int id)
    {
        Mion.PayByLightning((await SessionAsync(id)).PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(id);
    }

    private async Task<ShopBrowser> EnterAsync(params string[] permissions)
    {
        var browser = NewBrowser();
        await browser.EnterAdminAsClerkAsync(permissions);
        return browser;
    }

    private async Task<List<string>> ReadAsync(string address, string? till = null)
    {
        var assistant = await EnterAsync(MionPermissions.Charge);
        if (till is not null)
            (await assistant.SubmitAsync(await assistant.OpenAsync("/Admin/Mion/Till"), "form[action$=Name]", ("name", till))).Dispose();
        return [.. (await assistant.OpenAsync(address)).QuerySelectorAll("#mion-report tr").Select(Text)];
    }

    // cells stand beside each other without a space
    private static string Text(IElement element) => string.Join(' ', (element.LocalName == "tr" ? string.Join(' ', element.Children.Select(cell => cell.TextContent)) : element.TextContent)
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
