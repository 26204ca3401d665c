using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>What came of a button on the merchant's desk.</summary>
public enum DeskResult
{
    /// <summary>Mion was asked, and nothing has changed.</summary>
    Unchanged,

    /// <summary>Mion was asked, and the payment stands otherwise now.</summary>
    Changed,

    /// <summary>The payment is marked as handled.</summary>
    Handled,

    /// <summary>Somebody else is working on the payment, or it does not wait for a person any more.</summary>
    NotWaiting,

    /// <summary>A comment is missing.</summary>
    CommentMissing,

    /// <summary>Mion could not be asked.</summary>
    MionFailed,

    /// <summary>An error in the store; the log says more.</summary>
    Failed
}

/// <summary>What a person in the admin area can do about a payment.</summary>
/// <remarks>
/// There is no <em>apply anyway</em>: a payment is brought to its order by the same decision as ever, once the cause
/// why it was not is gone, and nopCommerce's own <em>mark as paid</em> is there for everything else.
/// </remarks>
public class PaymentDesk(
    ExaminationStore examinationStore,
    IOrderService orderService,
    PluginLog log,
    PaymentConfirmation confirmationService,
    PaymentJournal journal,
    PaymentSessionStore store,
    IWorkContext workContext)
{
    /// <summary>Asks Mion about a payment, and brings it to its order where nothing is in the way any more. Throws nothing.</summary>
    /// <returns>What came of it, and Mion's failure in words where there was one.</returns>
    public async Task<(DeskResult Result, string Error)> CheckAsync(MionPaymentSession session)
    {
        try
        {
            var before = Describe(session);
            if (!await confirmationService.CheckAsync(session, CheckTrigger.Admin))
                return (DeskResult.Failed, string.Empty);
            var after = await store.GetByIdAsync(session.Id);
            return (after is null || Describe(after) == before ? DeskResult.Unchanged : DeskResult.Changed, string.Empty);
        }
        catch (MionApiException exception)
        {
            return (DeskResult.MionFailed, exception.Message);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"payment session {LogField.Row(session.Id)} could not be checked.", exception);
            return (DeskResult.Failed, string.Empty);
        }
    }

    /// <summary>Records that a person has dealt with a payment that was not applied: refunded it, or settled it otherwise.</summary>
    public Task<DeskResult> HandleAsync(MionPaymentSession session, string? comment) =>
        HandleAsync(session, comment, () => store.TryRecordHandledAsync(session.Id));

    /// <summary>
    /// Records that a person has dealt with what an examination found. The payment stays what it is, in the books too;
    /// only the same finding is not brought up again.
    /// </summary>
    public Task<DeskResult> HandleFindingAsync(MionPaymentSession session, string? comment) =>
        session.State == PaymentSessionState.NeedsPerson ? HandleAsync(session, comment)
        : HandleAsync(session, comment, async () => PaymentDiagnosis.CanBeHandled(session.Finding) && await examinationStore.TrySettleAsync(session.Id, session.Finding));

    private async Task<DeskResult> HandleAsync(MionPaymentSession session, string? comment, Func<Task<bool>> tryRecord)
    {
        if (string.IsNullOrWhiteSpace(comment))
            return DeskResult.CommentMissing;
        comment = comment.Trim();
        if (!await tryRecord())
            return DeskResult.NotWaiting;
        await journal.HandledAsync(session, await orderService.GetOrderByGuidAsync(session.OrderGuid), comment, (await workContext.GetCurrentCustomerAsync()).Id);
        return DeskResult.Handled;
    }

    private static (int, int, bool, string) Describe(MionPaymentSession session) =>
        (session.StateId, session.ReviewReasonId, session.FundsSeen, session.RefundSessionIds ?? string.Empty);
}
