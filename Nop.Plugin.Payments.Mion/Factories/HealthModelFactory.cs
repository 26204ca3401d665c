using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Models;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Factories;

/// <summary>
/// Says how the plugin is doing, from what has been noted; asks nobody outside.
/// </summary>
public class HealthModelFactory(
    ApiKeyProtector apiKeyProtector,
    HealthStore healthStore,
    IScheduleTaskService scheduleTaskService,
    IStoreService storeService,
    PaymentSearchStore searchStore,
    PaymentTexts texts,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>How long after its time a run of the task counts as missing, at least.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Prepares the model.
    /// </summary>
    /// <param name="storeId">The store whose key is looked at; 0 for the one shared by all.</param>
    public async Task<HealthModel> PrepareAsync(int storeId)
    {
        var settings = await storeSettings.LoadAsync(storeId);
        var entries = await healthStore.GetAllAsync();
        return new HealthModel
        {
            Key = await DescribeKeyAsync(settings, entries),
            Webhook = await DescribeWebhookAsync(settings, entries),
            Task = await DescribeTaskAsync(entries),
            LastWebhook = await TimeAsync(entries, HealthName.Webhook),
            LastPoll = await TimeAsync(entries, HealthName.Poll),
            LastSuccess = await TimeAsync(entries, HealthName.Success),
            LastError = await TimeAsync(entries, HealthName.Error),
            LastErrorText = entries.GetValueOrDefault(HealthName.Error)?.Text ?? string.Empty,
            OpenSessions = await searchStore.CountAsync(PaymentSessionState.Open),
            WaitingForPerson = await searchStore.CountAsync(PaymentSessionState.NeedsPerson)
        };
    }

    private async Task<HealthStepModel> DescribeKeyAsync(MionSettings settings, IReadOnlyDictionary<string, MionHealthEntry> entries)
    {
        var title = await texts.GetAsync("Health.Key.Title");
        if (!apiKeyProtector.TryUnprotect(settings.ApiKey, out var apiKey))
            return new(HealthState.Bad, title, await texts.GetAsync("ApiKey.Unreadable"));
        if (apiKey.Length == 0)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Key.Missing"));

        var test = entries.GetValueOrDefault(HealthName.ConnectionTest);
        var opened = entries.GetValueOrDefault(HealthName.Opened);
        var newest = opened is not null && (test is null || opened.OnUtc > test.OnUtc) ? opened : test;
        if (newest is null)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Key.NotTested"));
        return newest == opened || newest.Text == nameof(ConnectionTestResult.Works)
            ? new(HealthState.Good, title, await texts.GetAsync("Health.Key.Works", await texts.TimeAsync(newest.OnUtc)))
            : new(HealthState.Bad, title, await texts.GetAsync($"ConnectionTest.{newest.Text}"));
    }

    private async Task<HealthStepModel> DescribeWebhookAsync(MionSettings settings, IReadOnlyDictionary<string, MionHealthEntry> entries)
    {
        var title = await texts.GetAsync("Health.Webhook.Title");
        if (!settings.WebhooksEnabled)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Webhook.Off"));
        var call = entries.GetValueOrDefault(HealthName.Webhook);
        var test = entries.GetValueOrDefault(HealthName.WebhookTest);
        if (call is not null && (test is null || call.OnUtc > test.OnUtc))
            return new(HealthState.Good, title, await texts.GetAsync("Health.Webhook.Arrives", await texts.TimeAsync(call.OnUtc)));
        if (test is null)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Webhook.NotTested"));
        var state = test.Text == nameof(WebhookTestResult.Arrived) ? HealthState.Good : HealthState.Bad;
        return new(state, title, await texts.GetAsync($"WebhookTest.{test.Text}"));
    }

    private async Task<HealthStepModel> DescribeTaskAsync(IReadOnlyDictionary<string, MionHealthEntry> entries)
    {
        var title = await texts.GetAsync("Health.Task.Title");
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is not { } task)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Missing"));
        if (!task.Enabled)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Disabled"));

        var now = timeProvider.GetUtcNow().UtcDateTime;
        var patience = TimeSpan.FromSeconds(task.Seconds * 3);
        var limit = now - (patience > Patience ? patience : Patience);
        if (entries.GetValueOrDefault(HealthName.Poll) is { } poll && poll.OnUtc >= limit)
            return new(HealthState.Good, title, await texts.GetAsync("Health.Task.Runs", await texts.TimeAsync(poll.OnUtc)));
        // right after the installation it has had no time to run
        if (!entries.ContainsKey(HealthName.Poll) && task.LastEnabledUtc > limit)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Task.NotYet"));
        var store = (await storeService.GetAllStoresAsync()).FirstOrDefault();
        return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Late", store is null ? string.Empty : store.Url.TrimEnd('/') + "/scheduletask/runtask"));
    }

    private Task<string> TimeAsync(IReadOnlyDictionary<string, MionHealthEntry> entries, string name) =>
        texts.TimeAsync(entries.GetValueOrDefault(name)?.OnUtc);
}
