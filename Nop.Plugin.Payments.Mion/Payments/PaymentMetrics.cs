using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What happens to payments, as figures. One per process.</summary>
/// <remarks>
/// <c>docs/operations.md</c> has every instrument. Their labels are few and bounded: no order, no session, no token. What
/// nobody listens to costs nothing.
/// </remarks>
public sealed class PaymentMetrics
{
    private static readonly InstrumentAdvice<double> _minutes = new() { HistogramBucketBoundaries = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _callbacks;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _openings;
    private readonly Counter<long> _settlements;
    private readonly Counter<long> _taskSessions;
    private readonly Histogram<double> _delay;
    private readonly Histogram<double> _taskDuration;

    /// <summary>Makes the instruments.</summary>
    public PaymentMetrics(IMeterFactory meterFactory, SessionGauges gauges)
    {
        var meter = meterFactory.Create(MionDefaults.Telemetry);
        _openings = meter.CreateCounter<long>("mion.session.openings", "{session}", "Sessions that were opened at Mion, or could not be.");
        _checks = meter.CreateCounter<long>("mion.session.checks", "{check}", "Looks at a session's state at Mion.");
        _settlements = meter.CreateCounter<long>("mion.session.settlements", "{session}", "Payments that were brought to their order, or handed to a person.");
        _delay = meter.CreateHistogram("mion.payment.delay", "s", "From the payment, by Mion's clock, to the order that is marked as paid.", tags: null, _minutes);
        _callbacks = meter.CreateCounter<long>("mion.callbacks", "{call}", "Calls of the webhook's address, by the answer.");
        _attempts = meter.CreateCounter<long>("mion.till.attempts", "{attempt}", "Payment codes that the till asked Mion for.");
        _taskDuration = meter.CreateHistogram("mion.task.duration", "s", "Runs of the scheduled task that checks sessions.", tags: null, _minutes);
        _taskSessions = meter.CreateCounter<long>("mion.task.sessions", "{session}", "Sessions that the scheduled task has checked.");
        gauges.Create(meter);
    }

    /// <summary>A session was opened, or was not.</summary>
    /// <param name="failure">Why not; null where it was.</param>
    public void Opened(MionPaymentSession session, MionApiErrorKind? failure = null) =>
        _openings.Add(1, With(failure, Store(session), new("mion.channel", session.IsTill ? "till" : "checkout")));

    /// <summary>Mion has said how a session stands, or could not be asked.</summary>
    public void Checked(CheckTrigger trigger, MionSession? answer, MionApiErrorKind? failure = null) =>
        _checks.Add(1, With(failure, new("mion.trigger", trigger.ToString()), new("mion.outcome", answer switch
        {
            null => "unknown",
            { IsPaid: true } => "paid",
            { IsSeen: true } => "seen",
            _ => "unpaid"
        })));

    /// <summary>A payment has come to its end.</summary>
    /// <param name="session">Paid, or waiting for a person.</param>
    /// <param name="paidOnUtc">When Mion got the payment; null where that does not matter.</param>
    public void Settled(MionPaymentSession session, CheckTrigger trigger, DateTime? paidOnUtc)
    {
        var by = new KeyValuePair<string, object?>("mion.trigger", trigger.ToString());
        var isPaid = session.State == PaymentSessionState.Paid;
        var tags = new TagList { Store(session), by, new("mion.outcome", isPaid ? "paid" : "needs_person") };
        if (!isPaid)
            tags.Add("mion.reason", session.ReviewReason.ToString());
        _settlements.Add(1, tags);
        if (isPaid && session.SettledOnUtc - paidOnUtc is { } delay)
            _delay.Record(Math.Max(0, delay.TotalSeconds), by);
    }

    /// <summary>The webhook's address was called.</summary>
    public void Answered(int statusCode) => _callbacks.Add(1, new KeyValuePair<string, object?>("http.response.status_code", statusCode));

    /// <summary>The till has asked for a payment code.</summary>
    public void Attempted(MionApiErrorKind? failure = null) => _attempts.Add(1, With(failure));

    /// <summary>The scheduled task has run.</summary>
    public void Polled(TimeSpan duration, int total, int failed)
    {
        _taskDuration.Record(duration.TotalSeconds);
        _taskSessions.Add(total - failed, new KeyValuePair<string, object?>("mion.outcome", "checked"));
        _taskSessions.Add(failed, new KeyValuePair<string, object?>("mion.outcome", "failed"));
    }

    private static KeyValuePair<string, object?> Store(MionPaymentSession session) => new("mion.store.id", session.StoreId);

    private static TagList With(MionApiErrorKind? failure, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new TagList(tags);
        if (failure is { } kind)
            all.Add("error.type", kind.ToString());
        return all;
    }
}
