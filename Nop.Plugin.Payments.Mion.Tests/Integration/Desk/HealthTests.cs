using AngleSharp.Html.Dom;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Desk;

/// <summary>The three steps on the configuration page: each says whether it works, and what to do where it does not.</summary>
[TestFixture]
public sealed class HealthTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";

    /// <inheritdoc />
    protected override bool Webhooks => true;

    [Test]
    public async Task A_fresh_store_knows_nothing_yet_and_calls_nothing_wrong()
    {
        Assert.That(States(await OpenAsync()), Is.EqualTo(new[] { "Unknown", "Unknown", "Unknown" }));
    }

    [Test]
    public async Task Tests_and_a_run_of_the_task_make_all_three_good()
    {
        var admin = await AdminAsync();
        using var key = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("test", "true"));
        using var hook = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("testWebhook", "true"));
        await RunPollAsync();

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page), Is.EqualTo(new[] { "Good", "Good", "Good" }));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task A_wrong_key_is_said_in_words()
    {
        var admin = await AdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("ApiKey", "wrong"), ("test", "true"));

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page)[0], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("does not accept the API key"));
    }

    [Test]
    public async Task A_wrong_store_address_is_said_in_words()
    {
        await InScopeAsync<IRepository<Nop.Core.Domain.Stores.Store>, bool>(async stores =>
        {
            foreach (var store in await stores.Table.ToListAsync())
            {
                store.Url = "http://127.0.0.1:1/";
                await stores.UpdateAsync(store);
            }

            return true;
        });
        var admin = await AdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("testWebhook", "true"));

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page)[1], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("Nothing answers at the store URL"));
    }

    [Test]
    public async Task A_task_that_does_not_run_is_said_in_words()
    {
        await RunPollAsync();
        Time.Advance(TimeSpan.FromMinutes(6));

        var page = await OpenAsync();

        Assert.That(States(page)[2], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("The task does not run").And.Contain("/scheduletask/runtask"));
    }

    [Test]
    public async Task A_task_that_is_switched_off_is_said_in_words()
    {
        await InScopeAsync<IRepository<ScheduleTask>, bool>(async tasks =>
        {
            var task = (await tasks.Table.ToListAsync()).Single(candidate => candidate.Type == MionDefaults.PollTaskType);
            task.Enabled = false;
            await tasks.UpdateAsync(task);
            return true;
        });

        Assert.That((await OpenAsync()).QuerySelector("#mion-health")?.TextContent, Does.Contain("The task is switched off"));
    }

    private static IReadOnlyList<string?> States(IHtmlDocument page) => [.. page.QuerySelectorAll("#mion-health [data-health]").Select(step => step.GetAttribute("data-health"))];

    private async Task<IHtmlDocument> OpenAsync() => await (await AdminAsync()).OpenAsync(Page);

    private async Task<ShopBrowser> AdminAsync()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        return admin;
    }
}
