using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Says whether Mion's calls arrive at a store: from the calls for its payments, or from the tests, whichever is newer.</summary>
public class WebhookStepFactory(PaymentSessionStore sessionStore, PaymentTexts texts, TimeProvider timeProvider)
{
    /// <summary>How long after a payment its call is missing.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(5);

    /// <summary>By how much the clocks of the store and of Mion may differ.</summary>
    private static readonly TimeSpan _clockDifference = TimeSpan.FromMinutes(2);

    /// <summary>Describes the step for a store.</summary>
    public async Task<HealthStepModel> PrepareAsync(Store store, MionSettings settings, HealthSnapshot health)
    {
        var title = await texts.GetAsync("Health.Webhook.Title");
        if (!settings.WebhooksEnabled)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Webhook.Off"));

        var tests = TestsOf(store, health);
        if (tests is { Stage: RoundTripStage.NotArrived, Trip: { } trip } && health.FindTime(HealthFacts.CallRefused) + WebhookRoundTrip.LongestLife > trip.ExpiresOnUtc)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Webhook.NotSigned"));
        var installed = health.FindTime(HealthFacts.Installed);
        var call = health.FindTime(HealthFacts.Webhook, store.Id);
        if (await FindFailureAsync(store, call, new[] { tests.OnUtc, installed }.Max()) is { } failure)
            return new(HealthState.Bad, title, failure);
        if (call is not null && !(tests.OnUtc > call))
            return new(HealthState.Good, title, await texts.GetAsync("Health.Webhook.Arrives", await texts.TimeAsync(call))) { Trail = await DescribeSecretAsync(settings) };

        var lines = await DescribeAsync(tests);
        if (lines.Count == 0)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Webhook.NotTested")) { Trail = await DescribeSecretAsync(settings) };
        var running = IsRunning(tests);
        // the sentence is the link where the chain broke; where it holds, or may yet, the last one
        var sentence = running || tests.Stage == RoundTripStage.Arrived ? lines[^1] : lines.FirstOrDefault(line => line.State == HealthState.Bad) ?? lines[^1];
        return new(sentence.State, title, sentence.Text) { Trail = [.. lines.Where(line => line != sentence), .. await DescribeSecretAsync(settings)], IsRunning = running };
    }

    /// <summary>What has happened to a payment since the last call, and since the last test or the installation: of calls before that nothing is known any more.</summary>
    private async Task<string?> FindFailureAsync(Store store, DateTime? call, DateTime? sinceUtc)
    {
        var (paid, refused) = await sessionStore.GetWebhookFactsAsync(store.Id);
        if (paid is { } paidOn && timeProvider.GetUtcNow().UtcDateTime - paidOn > Patience && !(call > paidOn - _clockDifference) && !(sinceUtc > paidOn))
            return await texts.GetAsync("Health.Webhook.Missed", await texts.TimeAsync(paidOn));
        return refused is not null && !(call > refused) && !(sinceUtc > refused) ? await texts.GetAsync("Health.Webhook.Refused") : null;
    }

    private async Task<IReadOnlyList<HealthLineModel>> DescribeAsync(Tests tests)
    {
        var lines = new List<HealthLineModel>();
        if (tests.Self is { } self)
            lines.Add(new(self == WebhookTestResult.Arrived ? HealthState.Good : HealthState.Bad, await texts.GetAsync($"WebhookTest.{self}")));
        if (tests.Trip is not { } trip)
            return lines;

        if (tests.Stage == RoundTripStage.SessionRefused)
        {
            lines.Add(new(HealthState.Bad, await texts.GetAsync("RoundTrip.SessionRefused", await ExplainAsync(trip.Problem, "RoundTrip.Rejected.Session"))));
            return lines;
        }

        lines.Add(new(HealthState.Good, await texts.GetAsync("RoundTrip.SessionOpened")));
        if (tests.Stage == RoundTripStage.WebhookRefused)
        {
            lines.Add(new(HealthState.Bad, await texts.GetAsync("RoundTrip.WebhookRefused", await ExplainAsync(trip.Problem, "RoundTrip.Rejected.Webhook"))));
            return lines;
        }

        lines.Add(new(HealthState.Good, await texts.GetAsync("RoundTrip.WebhookTaken")));
        lines.Add(tests.Stage switch
        {
            RoundTripStage.Arrived => new(HealthState.Good, await texts.GetAsync("RoundTrip.Arrived", await texts.TimeAsync(tests.ArrivedOnUtc))),
            RoundTripStage.NotArrived => new(HealthState.Bad, await texts.GetAsync("RoundTrip.NotArrived")),
            RoundTripStage.NothingToReport => new(HealthState.Unknown, await texts.GetAsync("RoundTrip.NothingToReport")),
            _ => new(HealthState.Unknown, await texts.GetAsync("RoundTrip.Waiting", await texts.TimeAsync(trip.ExpiresOnUtc + WebhookRoundTrip.Grace)))
        });
        return lines;
    }

    /// <summary>That calls are not verified although Mion signs them: nothing is wrong, but it is worth a minute.</summary>
    private async Task<IReadOnlyList<HealthLineModel>> DescribeSecretAsync(MionSettings settings) =>
        settings.CallbackSignatureHeader.Length > 0 && settings.CallbackSecret.Length == 0
            ? [new(HealthState.Unknown, await texts.GetAsync("Health.Webhook.NoSecret"))] : [];

    private Task<string> ExplainAsync(string problem, string rejected) =>
        texts.GetAsync(problem == nameof(Api.MionApiErrorKind.Rejected) ? rejected : $"ConnectionTest.{problem}");

    private bool IsRunning(Tests tests) => tests.Stage == RoundTripStage.Waiting && timeProvider.GetUtcNow().UtcDateTime < tests.Trip!.ExpiresOnUtc + Patience;

    private static Tests TestsOf(Store store, HealthSnapshot health)
    {
        // a test of another address than today's says nothing any more
        var address = Fingerprint.Of(PaymentUrls.GetStoreUrl(store));
        var self = health.Find(HealthFacts.WebhookTest, store.Id) is { } tested && tested.Value.Fingerprint == address ? tested : null;
        var trip = health.Find(HealthFacts.RoundTrip, store.Id) is { } begun && begun.Value.Address == address ? begun : null;
        var arrived = trip is not null && health.Find(HealthFacts.RoundTripArrived, store.Id) is { } came && came.Value == trip.Value.Token ? came : null;
        DateTime?[] times = [self?.OnUtc, trip?.OnUtc, arrived?.OnUtc];
        return new(self?.Value.Result, trip?.Value, arrived is null ? trip?.Value.Stage : RoundTripStage.Arrived, arrived?.OnUtc, times.Max());
    }

    /// <summary>What the latest tests of a store's address have found so far.</summary>
    private sealed record Tests(WebhookTestResult? Self, RoundTrip? Trip, RoundTripStage? Stage, DateTime? ArrivedOnUtc, DateTime? OnUtc);
}
