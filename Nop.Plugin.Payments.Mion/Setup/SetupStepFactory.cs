using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Prepares the three steps of the set-up: key, webhook, scheduled task.</summary>
public class SetupStepFactory(
    HealthStore healthStore,
    IStoreService storeService,
    KeyStepFactory keyStepFactory,
    StoreSettings storeSettings,
    TaskStepFactory taskStepFactory,
    WebhookStepFactory webhookStepFactory)
{
    /// <summary>The key's step of each store.</summary>
    public async Task<IReadOnlyList<(Store Store, HealthStepModel Step)>> PrepareKeysAsync(int storeId, HealthSnapshot health)
    {
        var steps = await ForStoresAsync(storeId, (store, settings) => keyStepFactory.PrepareAsync(store, settings, health));
        // a store without a key of its own among others that have one may be meant so
        return steps.Any(each => each.Step.State == HealthState.Good)
            ? [.. steps.Select(each => each.Step.IsOptional ? (each.Store, each.Step with { State = HealthState.Unknown }) : each)]
            : steps;
    }

    /// <summary>The webhook's step.</summary>
    /// <param name="health">What has been noted; null to read it.</param>
    public async Task<HealthStepModel> PrepareWebhookAsync(int storeId, HealthSnapshot? health = null)
    {
        health ??= await healthStore.GetAsync();
        return Combine(await ForStoresAsync(storeId, (store, settings) => webhookStepFactory.PrepareAsync(store, settings, health)));
    }

    /// <summary>The task's step.</summary>
    public Task<HealthStepModel> PrepareTaskAsync(HealthSnapshot health) => taskStepFactory.PrepareAsync(health);

    /// <summary>One step of several stores: that of all where they agree, else the worst, with the others below it.</summary>
    public static HealthStepModel Combine(IReadOnlyList<(Store Store, HealthStepModel Step)> steps)
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

    private async Task<IReadOnlyList<(Store Store, HealthStepModel Step)>> ForStoresAsync(int storeId, Func<Store, MionSettings, Task<HealthStepModel>> prepare)
    {
        var steps = new List<(Store, HealthStepModel)>();
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => storeId == 0 || store.Id == storeId))
            steps.Add((store, await prepare(store, await storeSettings.LoadAsync(store.Id))));
        return steps;
    }
}
