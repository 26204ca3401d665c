using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Says how the plugin is doing, from what has been noted; asks nobody outside.
/// </summary>
public class HealthModelFactory(
    ApiKeyProtector apiKeyProtector,
    EuroConversion euroConversion,
    HealthStore healthStore,
    IPaymentPluginManager paymentPluginManager,
    IScheduleTaskService scheduleTaskService,
    IStoreService storeService,
    PaymentSessionStore sessionStore,
    PaymentTexts texts,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    WebhookStepFactory webhookStepFactory)
{
    /// <summary>How long after its time a run of the task counts as missing, at least.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Prepares the model.
    /// </summary>
    /// <param name="storeId">The store that is looked at; 0 for all of them, of which the worst comes first.</param>
    public async Task<HealthModel> PrepareAsync(int storeId)
    {
        var entries = await healthStore.GetAllAsync();
        var (key, webhook) = (new List<(Store Store, HealthStepModel Step)>(), new List<(Store, HealthStepModel)>());
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => storeId == 0 || store.Id == storeId))
        {
            var settings = await storeSettings.LoadAsync(store.Id);
            key.Add((store, await DescribeKeyAsync(store, settings, entries)));
            webhook.Add((store, await webhookStepFactory.PrepareAsync(store, settings, entries)));
        }

        // a store without a key of its own among others that have one may be meant so
        if (key.Any(each => each.Step.State == HealthState.Good))
            key = [.. key.Select(each => each.Step.IsOptional ? (each.Store, each.Step with { State = HealthState.Unknown }) : each)];
        var model = new HealthModel
        {
            Key = Combine(key),
            Webhook = Combine(webhook),
            Task = await DescribeTaskAsync(entries),
            LastWebhook = await TimeAsync(entries, HealthName.Webhook, HealthName.RoundTripArrived),
            LastPoll = await TimeAsync(entries, HealthName.Poll),
            LastSuccess = await TimeAsync(entries, HealthName.Success),
            LastError = await TimeAsync(entries, HealthName.Error),
            LastErrorText = await texts.FailureAsync(entries.GetValueOrDefault(HealthName.Error)?.Text ?? string.Empty),
            OpenSessions = await sessionStore.CountAsync(PaymentSessionState.Open),
            WaitingForPerson = await sessionStore.CountAsync(PaymentSessionState.NeedsPerson)
        };
        model.Offer = await DescribeOfferAsync(key);
        return model;
    }

    /// <summary>
    /// Prepares the webhook's step alone, for a page that waits for the end of a test.
    /// </summary>
    /// <param name="storeId">The store that is looked at; 0 for all.</param>
    public async Task<HealthStepModel> PrepareWebhookAsync(int storeId)
    {
        var entries = await healthStore.GetAllAsync();
        var steps = new List<(Store, HealthStepModel)>();
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => storeId == 0 || store.Id == storeId))
            steps.Add((store, await webhookStepFactory.PrepareAsync(store, await storeSettings.LoadAsync(store.Id), entries)));
        return Combine(steps);
    }

    /// <summary>One step of several stores: that of all where they agree, else the worst, with the others below it.</summary>
    private static HealthStepModel Combine(IReadOnlyList<(Store Store, HealthStepModel Step)> steps)
    {
        if (steps.Count == 0)
            return HealthStepModel.Nothing;
        var worst = steps.MaxBy(each => (Rank(each.Step.State), each.Step.IsRunning));
        if (steps.All(each => each.Step.State == worst.Step.State && each.Step.Text == worst.Step.Text))
            return worst.Step with { IsRunning = steps.Any(each => each.Step.IsRunning) };
        return worst.Step with
        {
            Text = $"{worst.Store.Name}: {worst.Step.Text}",
            Trail = [.. worst.Step.Trail, .. steps.Where(each => each != worst).Select(each => new HealthLineModel(each.Step.State, $"{each.Store.Name}: {each.Step.Text}"))],
            IsRunning = steps.Any(each => each.Step.IsRunning)
        };

        static int Rank(HealthState state) => state switch
        {
            HealthState.Bad => 2,
            HealthState.Unknown => 1,
            _ => 0
        };
    }

    private async Task<HealthStepModel> DescribeKeyAsync(Store store, MionSettings settings, IReadOnlyDictionary<string, MionHealthEntry> entries)
    {
        var title = await texts.GetAsync("Health.Key.Title");
        if (!apiKeyProtector.TryUnprotect(settings.ApiKey, out var apiKey))
            return new(HealthState.Bad, title, await texts.GetAsync("ApiKey.Unreadable"));
        if (apiKey.Length == 0)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Key.Missing")) { IsOptional = true };

        // what was found out about other settings than today's says nothing any more
        var fingerprint = StoreSettings.GetFingerprint(settings);
        var test = entries.GetValueOrDefault(HealthName.For(HealthName.ConnectionTest, store.Id)) is { } tested && tested.Text.EndsWith(" " + fingerprint, StringComparison.Ordinal) ? tested : null;
        var opened = entries.GetValueOrDefault(HealthName.For(HealthName.Opened, store.Id)) is { } made && made.Text == fingerprint ? made : null;
        var newest = opened is not null && (test is null || opened.OnUtc > test.OnUtc) ? opened : test;
        if (newest is null)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Key.NotTested"));
        var result = newest.Text.Split(' ')[0];
        return newest == opened || result == nameof(ConnectionTestResult.Works)
            ? new(HealthState.Good, title, await texts.GetAsync("Health.Key.Works", await texts.TimeAsync(newest.OnUtc)))
            : new(HealthState.Bad, title, await texts.GetAsync($"ConnectionTest.{result}"));
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
        // right after the installation, or after being switched on, it has had no time to run
        if (!entries.ContainsKey(HealthName.Poll) && task.LastEnabledUtc > limit)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Task.NotYet"));
        var store = (await storeService.GetAllStoresAsync()).FirstOrDefault();
        return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Late", store is null ? string.Empty : store.Url.TrimEnd('/') + "/scheduletask/runtask"));
    }

    private async Task<HealthLineModel> DescribeOfferAsync(IReadOnlyList<(Store Store, HealthStepModel Step)> keys)
    {
        if (await euroConversion.FindRateAsync() is null)
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.NoEuro"));
        var offering = new List<string>();
        foreach (var (store, _) in keys)
        {
            if (storeSettings.IsConfigured(await storeSettings.LoadAsync(store.Id)))
                offering.Add(store.Name);
        }

        if (offering.Count == 0)
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.NoKey"));
        if (!await paymentPluginManager.IsPluginActiveAsync(MionDefaults.SystemName))
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.Inactive"));
        if (keys.Any(each => each.Step.State == HealthState.Bad))
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.Broken"));
        return new(HealthState.Good, offering.Count == keys.Count
            ? await texts.GetAsync("Health.Offer.Yes")
            : await texts.GetAsync("Health.Offer.Some", string.Join(", ", offering)));
    }

    private Task<string> TimeAsync(IReadOnlyDictionary<string, MionHealthEntry> entries, params string[] names) =>
        texts.TimeAsync(names.Max(name => entries.GetValueOrDefault(name)?.OnUtc));
}
