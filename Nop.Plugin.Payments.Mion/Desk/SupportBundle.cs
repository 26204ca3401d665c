using System.IO.Compression;
using System.Runtime.InteropServices;
using Newtonsoft.Json;
using Nop.Core;
using Nop.Core.Domain.Logging;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// What somebody who helps needs to know, as a zip: versions, settings, health, the last payments with their history,
/// our lines of the log.
/// </summary>
/// <remarks>
/// Built from lists of what may go in, never by leaving something out: no key, no token that opens a page or a webhook,
/// nothing of a customer, no words that a person has written, and no address of a request, which may hold a token.
/// </remarks>
public class SupportBundle(
    HealthStore healthStore,
    IRepository<Log> log,
    PaymentEventStore eventStore,
    PaymentSearchStore searchStore,
    SupportSettings settings,
    TimeProvider timeProvider)
{
    /// <summary>How many payments go in.</summary>
    public const int Sessions = 50;

    /// <summary>How many lines of the log go in.</summary>
    public const int LogLines = 200;

    /// <summary>Writes the zip.</summary>
    /// <param name="output">Where to; stays open.</param>
    public async Task WriteAsync(Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        await AddAsync(zip, "about.json", DescribeVersions());
        foreach (var (name, content) in await settings.DescribeAsync())
            await AddAsync(zip, name, content);
        await AddAsync(zip, "health.json", (await healthStore.GetAsync()).PublicRows
            .Select(entry => new { entry.Name, entry.OnUtc, entry.Text }));
        var sessions = (await searchStore.SearchAsync(new PaymentSearch(), 0, Sessions)).ToList();
        await AddAsync(zip, "payments.json", sessions.Select(Describe));
        await AddAsync(zip, "history.json", (await eventStore.GetBySessionsAsync([.. sessions.Select(session => session.Id)])).Select(Describe));
        var lines = await log.Table.Where(line => line.ShortMessage.Contains(MionDefaults.SystemName)).OrderByDescending(line => line.Id).Take(LogLines).ToListAsync();
        await AddAsync(zip, "log.json", lines.Select(line => new { line.CreatedOnUtc, line.LogLevelId, line.ShortMessage }));
    }

    private object DescribeVersions() => new
    {
        Plugin = MionDefaults.Version,
        NopCommerce = typeof(BaseEntity).Assembly.GetName().Version?.ToString(),
        Framework = RuntimeInformation.FrameworkDescription,
        System = RuntimeInformation.OSDescription,
        OnUtc = timeProvider.GetUtcNow().UtcDateTime
    };

    private static object Describe(MionPaymentSession session) => new
    {
        session.Id,
        session.OrderId,
        session.StoreId,
        session.Attempt,
        session.IsTill,
        session.Reference,
        session.PaymentSessionId,
        session.AmountCents,
        session.TipCents,
        session.TipTotal,
        session.OrderTotal,
        session.CurrencyCode,
        session.ExchangeRate,
        session.ExchangeRateOnUtc,
        State = session.State.ToString(),
        Reason = session.ReviewReason.ToString(),
        session.MionStatus,
        session.FundingStatus,
        session.PaymentMethod,
        session.FundsSeen,
        session.CreatedOnUtc,
        session.ExpiresOnUtc,
        session.PaidOnUtc,
        session.SettledOnUtc,
        session.CancelledOnUtc,
        session.LastCheckOnUtc,
        session.NextCheckOnUtc,
        session.CheckFailures,
        session.LastError,
        AttemptProblem = session.AttemptProblem.ToString(),
        session.WebhookOnUtc,
        session.WebhookFailures,
        session.RefundSessionIds
    };

    private static object Describe(MionPaymentEvent line) => new
    {
        line.SessionId,
        line.OnUtc,
        Kind = line.Kind.ToString(),
        Trigger = ((CheckTrigger)line.TriggerId).ToString(),
        // what a person has written may name somebody
        Detail = line.Kind == PaymentEventKind.Handled ? string.Empty : line.Detail
    };

    private static async Task AddAsync(ZipArchive zip, string name, object content)
    {
        await using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        await writer.WriteAsync(PlainJson.Write(content, formatting: Formatting.Indented));
    }
}
