using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Tells what has happened to a session: the history and other plugins, the order's notes, the plugin's health and figures, and the store
/// owner. Whoever changes a session calls this with what changed, and writes to none of them by itself.
/// </summary>
/// <remarks>
/// A line of the history or of the health that cannot be written keeps no payment from its order. A note that cannot be
/// written is the caller's failure where the session is about to be settled: <see cref="PaidAsync"/> and
/// <see cref="TellOwnerAsync"/> come before that, so that whoever repeats the work after a crash finds the note or writes it.
/// </remarks>
public class PaymentJournal(
    HealthRecord healthRecord,
    OrderNotes orderNotes,
    OwnerAlert ownerAlert,
    PaidWithBitcoin paidWithBitcoin,
    PaymentHistory history,
    PaymentMetrics metrics,
    PluginLog log,
    StoreSettings storeSettings)
{
    /// <summary>Mion has confirmed a session. Throws nothing.</summary>
    public async Task OpenedAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        metrics.Opened(session);
        await history.AddAsync(session, PaymentEventKind.Opened, trigger, session.TipCents > 0 ? session.TipCents.ToString(CultureInfo.InvariantCulture) : null);
        await healthRecord.NoteAsync(HealthFacts.Opened, StoreSettings.GetFingerprint(await storeSettings.LoadAsync(session.StoreId)), session.StoreId);
        await healthRecord.NoteAsync(HealthFacts.Success);
        try
        {
            if (session.IsTill)
                await OpenedAtTillAsync(session);
            else
                await orderNotes.AddAsync(session.OrderId, "Opened", new EuroAmount(session.AmountCents), session.Attempt, session.PaymentSessionId,
                    // the first for texts that a merchant has edited when they named UTC
                    session.ExpiresOnUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), session.ExpiresOnUtc);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the note about payment session {LogField.Row(session.Id)} could not be added to its order.", exception);
        }
    }

    private async Task OpenedAtTillAsync(MionPaymentSession session)
    {
        await orderNotes.AddAsync(session.OrderId, "TillOpened", new EuroAmount(session.AmountCents), session.PaymentSessionId);
        if (session.TipCents > 0)
            await orderNotes.AddAsync(session.OrderId, "TipAdded", new EuroAmount(session.TipCents), new EuroAmount(session.SumCents()), session.PaymentSessionId);
    }

    /// <summary>A session could not be opened; <see cref="MionPaymentSession.AttemptProblem"/> says why.</summary>
    public async Task NotOpenedAsync(MionPaymentSession session, MionApiException exception, CheckTrigger trigger)
    {
        metrics.Opened(session, exception.Kind);
        // a shopper who tries again meets the same cause again
        if (MionApiException.FindKind(session.LastError) == exception.Kind)
            return;
        if (session.IsForOrder())
            await log.ErrorAsync($"no payment session for order {LogField.Order(session.OrderId)}: {LogField.Failure(exception)}", exception);
        else
            await log.ErrorAsync($"the till could not charge {LogField.Amount(session.SumCents())}: {LogField.Failure(exception)}", exception);
        await history.AddAsync(session, PaymentEventKind.NotOpened, trigger, exception.Message);
        await healthRecord.NoteAsync(HealthFacts.Error, exception.Message);
        if (exception.Kind is MionApiErrorKind.Unauthorized or MionApiErrorKind.Forbidden)
        {
            var found = exception.Kind == MionApiErrorKind.Unauthorized ? ConnectionTestResult.KeyRefused : ConnectionTestResult.PermissionMissing;
            var fingerprint = StoreSettings.GetFingerprint(await storeSettings.LoadAsync(session.StoreId));
            await healthRecord.NoteAsync(HealthFacts.ConnectionTest, new TestOutcome<ConnectionTestResult>(found, fingerprint), session.StoreId);
        }

        // at the till it is the assistant who is told, on the screen
        if (!session.IsTill)
            await orderNotes.AddAsync(session.OrderId, session.AttemptProblem == OpeningProblem.Unreachable ? "NotOpened.Unreachable" : "NotOpened.Refused", exception.Message);
    }

    /// <summary>Mion has accepted a session's webhook, or not where there is a failure. Throws nothing.</summary>
    public Task WebhookAsync(MionPaymentSession session, MionApiException? failure, CheckTrigger trigger) => failure is null
        ? history.AddAsync(session, PaymentEventKind.WebhookRegistered, trigger)
        : history.AddAsync(session, PaymentEventKind.WebhookRefused, trigger, failure.Message);

    /// <summary>Mion says of a session that it is not paid. Throws nothing.</summary>
    /// <param name="before">State, and whether a payment had been seen, before.</param>
    public async Task UnpaidAsync((PaymentSessionState State, bool FundsSeen) before, MionPaymentSession session, CheckTrigger trigger)
    {
        if (session.State != before.State)
            await history.AddAsync(session, session.State == PaymentSessionState.Expired ? PaymentEventKind.Expired : PaymentEventKind.OpenAgain, trigger);
        if (session.FundsSeen && !before.FundsSeen)
            await history.AddAsync(session, PaymentEventKind.Seen, trigger, session.PaymentMethod);
    }

    /// <summary>Tells the store owner, once for each thing there is to tell.</summary>
    /// <param name="order">Its order as it is in the database; null when it is gone, or where there never was one.</param>
    /// <param name="what">Resource of the note, below <c>Plugins.Payments.Mion.Note.</c></param>
    /// <returns>Whether the mail is in the queue, now or before; one that is not is tried again at the next check.</returns>
    public Task<bool> TellOwnerAsync(MionPaymentSession session, Order? order, string what) => ownerAlert.TellAsync(session, order, what);

    /// <summary>A session's payment waits for a person because of its <see cref="MionPaymentSession.ReviewReason"/>.</summary>
    public Task<bool> TellOwnerWhyAsync(MionPaymentSession session, Order? order) => TellOwnerAsync(session, order, $"NeedsPerson.{session.ReviewReason}");

    /// <summary>An order is paid at the till, or as staff has offered, although another method was chosen when it was placed.</summary>
    public Task MethodChangesAsync(MionPaymentSession session, Order order) =>
        orderNotes.AddOnceAsync(order.Id, session.IsTill ? "TillMethod" : "OfferedMethod", order.PaymentMethodSystemName ?? string.Empty);

    /// <summary>Staff has offered Bitcoin for an order of another method.</summary>
    public Task OfferedAsync(Order order) => orderNotes.AddOnceAsync(order.Id, "Offered", order.PaymentMethodSystemName ?? string.Empty);

    /// <summary>An order's own customer takes it back, to change it.</summary>
    public Task ChangedAsync(Order order) => orderNotes.AddOnceAsync(order.Id, "Changed");

    /// <summary>An order is paid by a session that is about to be settled.</summary>
    /// <param name="isRepeated">Whether the order was found marked already; one that has just been marked has no such note yet.</param>
    public async Task PaidAsync(MionPaymentSession session, MionSession answer, Order order, bool isRepeated)
    {
        var text = await paidWithBitcoin.GetNoteAsync(order, session, answer);
        await (isRepeated ? orderNotes.AddTextOnceAsync(order.Id, text) : orderNotes.AddTextAsync(order.Id, text));
        if (session.TipCents > 0)
            await orderNotes.AddOnceAsync(order.Id, "TipPaid", new EuroAmount(session.TipCents), new EuroAmount(session.SumCents()), session.PaymentSessionId);
    }

    /// <summary>A session has been settled. Throws nothing.</summary>
    public Task SettledAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        metrics.Settled(session, trigger, answer.PaidOnUtc);
        return session.State == PaymentSessionState.Paid
            ? history.AddAsync(session, PaymentEventKind.Paid, trigger, answer.PaymentMethod)
            : history.AddAsync(session, PaymentEventKind.NeedsPerson, trigger, session.ReviewReason.ToString());
    }

    /// <summary>The order of a paid session was found unpaid. Throws nothing.</summary>
    public Task SetBackAsync(MionPaymentSession session) => history.AddAsync(session, PaymentEventKind.NeedsPerson, CheckTrigger.Poll, session.ReviewReason.ToString());

    /// <summary>Mion reports a refund.</summary>
    /// <returns>Whether it has been told; what has not is to be told at the next check.</returns>
    public async Task<bool> RefundedAsync(MionPaymentSession session, string refundSessionId, CheckTrigger trigger)
    {
        await orderNotes.AddOnceAsync(session.OrderId, "Refunded", session.PaymentSessionId, refundSessionId);
        // who waits for a decision has been told already; no order, since its note stands above
        if (session.State == PaymentSessionState.Paid && !await TellOwnerAsync(session, order: null, "RefundSeen"))
            return false;
        await history.AddAsync(session, PaymentEventKind.RefundSeen, trigger, refundSessionId);
        return true;
    }

    /// <summary>A person has dealt with a payment.</summary>
    /// <param name="order">Its order; null where it is gone from the database, and takes no note.</param>
    public async Task HandledAsync(MionPaymentSession session, Order? order, string comment, int customerId)
    {
        await history.AddAsync(session, PaymentEventKind.Handled, CheckTrigger.Admin, comment, customerId);
        if (order is not null)
            await orderNotes.AddAsync(order.Id, "Handled", new EuroAmount(session.SumCents()), session.PaymentSessionId, comment);
    }

    /// <summary>The shop assistant has given a charge up.</summary>
    public Task CancelledAsync(MionPaymentSession session) =>
        orderNotes.AddAsync(session.OrderId, "TillCancelled", new EuroAmount(session.SumCents()), session.PaymentSessionId);

    /// <summary>Mion has called about a session. Throws nothing.</summary>
    public Task CalledAsync(MionPaymentSession session) => healthRecord.NoteAsync(HealthFacts.Webhook, session.StoreId);

    /// <summary>The scheduled task has run. Throws nothing.</summary>
    /// <param name="error">The most frequent failure, or empty.</param>
    public async Task PolledAsync(TimeSpan duration, int total, int failed, string error)
    {
        metrics.Polled(duration, total, failed);
        await healthRecord.NoteAsync(HealthFacts.Poll, string.Create(CultureInfo.InvariantCulture, $"{total} checked, {failed} failed"));
        if (total > failed)
            await healthRecord.NoteAsync(HealthFacts.Success);
        if (error.Length > 0)
            await healthRecord.NoteAsync(HealthFacts.Error, error);
    }
}
