using System.Globalization;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>Something of which the last time is kept, and how it is written down in <see cref="MionHealthEntry"/>.</summary>
/// <param name="Name">Name of the row; one for a single store has the store's id behind a colon.</param>
/// <param name="Write">From the value to the row's text.</param>
/// <param name="Read">From the row's text to the value; null for a text that cannot be read.</param>
public sealed record HealthFact<T>(string Name, Func<T, string> Write, Func<string, T?> Read) where T : class
{
    internal const char StoreSeparator = ':';

    /// <summary>Name of the row.</summary>
    /// <param name="storeId">The store that it is about; 0 for all together.</param>
    public string GetRowName(int storeId) =>
        storeId == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}{StoreSeparator}{storeId}");

    /// <summary>The store that a row is about; null where the row is about something else, or about no store.</summary>
    public int? FindStore(string rowName) =>
        rowName.Split(StoreSeparator) is [var name, var id] && name == Name && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var storeId) ? storeId : null;
}

/// <summary>Where an examination of all payments goes on.</summary>
/// <param name="Below">Only rows whose id is lower are left; 0 at the end.</param>
public sealed record ExaminationPosition(int Below);

/// <summary>Everything that is kept about the plugin's workings. Stores have the rows saved: names and texts never change.</summary>
public static class HealthFacts
{
    /// <summary>The plugin was installed, or updated from a version that noted nothing; with its version. What was noted before is gone, while the payments from before are kept.</summary>
    public static HealthFact<string> Installed { get; } = Text("installed");

    /// <summary>Mion called the webhook of one of our sessions.</summary>
    public static HealthFact<string> Webhook { get; } = Text("webhook");

    /// <summary>The scheduled task ran.</summary>
    public static HealthFact<string> Poll { get; } = Text("poll");

    /// <summary>Mion answered as it should.</summary>
    public static HealthFact<string> Success { get; } = Text("success");

    /// <summary>A payment session was opened: the key works; with the fingerprint of what was used.</summary>
    public static HealthFact<string> Opened { get; } = Text("opened");

    /// <summary>A call to Mion failed; with the reason.</summary>
    public static HealthFact<string> Error { get; } = Text("error");

    /// <summary>The connection was tested.</summary>
    public static HealthFact<TestOutcome<ConnectionTestResult>> ConnectionTest { get; } = Test<ConnectionTestResult>("connection-test");

    /// <summary>The webhook's address was tested.</summary>
    public static HealthFact<TestOutcome<WebhookTestResult>> WebhookTest { get; } = Test<WebhookTestResult>("webhook-test");

    /// <summary>The test of the webhook's address that is under way; with its token.</summary>
    public static HealthFact<string> WebhookTestToken { get; } = Text("webhook-test-token");

    /// <summary>The test call that arrived last; with its token.</summary>
    public static HealthFact<string> WebhookTestArrived { get; } = Text("webhook-test-arrived");

    /// <summary>The test in which Mion calls the store.</summary>
    public static HealthFact<RoundTrip> RoundTrip { get; } = new("round-trip", trip => trip.ToText(), Health.RoundTrip.Parse);

    /// <summary>Mion's call of such a test that arrived last; with its token.</summary>
    public static HealthFact<string> RoundTripArrived { get; } = Text("round-trip-arrived");

    /// <summary>The last step of an examination of all payments.</summary>
    public static HealthFact<ExaminationPosition> Examination { get; } = new("examination",
        position => position.Below.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var below) ? new(below) : null);

    /// <summary>The store owner was told that Mion has not answered for hours; with the last failure.</summary>
    public static HealthFact<string> Unanswered { get; } = Text("unanswered");

    /// <summary>The history was pruned.</summary>
    public static HealthFact<string> Pruned { get; } = Text("pruned");

    /// <summary>The webhook of the whole account was registered; with the fingerprint of what for.</summary>
    public static HealthFact<string> AccountWebhook { get; } = Text("account-webhook");

    /// <summary>A call was refused because its signature is not Mion's; with how many were.</summary>
    public static HealthFact<string> CallRefused { get; } = Text("call-refused");

    /// <summary>
    /// Mion has answered by a name or form that the plugin depends on; with its key. One row for each value at each address, so
    /// that one that is changed, or asked of another Mion, is not proven.
    /// </summary>
    public static HealthFact<string> Proven(MionApiOptions options, string key) =>
        Text($"proven-{Fingerprint.Of(options.BaseUrl.TrimEnd('/'), key, options.ValueOf(key))}");

    private static readonly string[] _secrets = [WebhookTestToken.Name, WebhookTestArrived.Name, RoundTrip.Name, RoundTripArrived.Name];

    /// <summary>Whether a row may be shown: the text of some opens something.</summary>
    public static bool IsPublic(string rowName) => !_secrets.Contains(rowName.Split(HealthFact<string>.StoreSeparator)[0]);

    private static HealthFact<string> Text(string name) => new(name, text => text, text => text);

    private static HealthFact<TestOutcome<T>> Test<T>(string name) where T : struct, Enum => new(name,
        test => $"{test.Result} {test.Fingerprint}",
        text => text.Split(' ') is [var result, var fingerprint] && Enum.TryParse<T>(result, out var parsed) && parsed.ToString() == result ? new(parsed, fingerprint) : null);
}
