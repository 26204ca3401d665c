using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// What does not fit together about a payment.
/// </summary>
public enum DoctorFinding
{
    /// <summary>Mion has the money, and the plugin does not know it yet: applying is safe.</summary>
    PaidAtMion,

    /// <summary>The payment waits for a person.</summary>
    NeedsPerson,

    /// <summary>The payment was applied, but its order is not paid.</summary>
    OrderNotPaid,

    /// <summary>The payment was applied, but its order does not exist any more.</summary>
    OrderGone,

    /// <summary>The plugin calls the payment paid, and Mion does not.</summary>
    NotPaidAtMion,

    /// <summary>Mion does not know the payment.</summary>
    UnknownAtMion,

    /// <summary>Mion could not be asked about the payment.</summary>
    MionFailed
}

/// <summary>
/// A payment with what does not fit together about it.
/// </summary>
/// <param name="Session">The payment.</param>
/// <param name="Finding">What does not fit together.</param>
public sealed record DoctorDiagnosis(MionPaymentSession Session, DoctorFinding Finding);

/// <summary>
/// What an examination of some payments found.
/// </summary>
/// <param name="Examined">How many payments were examined.</param>
/// <param name="NextBelow">Where the next examination goes on; 0 when all have been examined.</param>
/// <param name="Diagnoses">What was found.</param>
public sealed record DoctorBatch(int Examined, int NextBelow, IReadOnlyList<DoctorDiagnosis> Diagnoses);

/// <summary>
/// Compares payments with their orders and with Mion, some at a time; changes nothing.
/// </summary>
/// <remarks>Remembers nothing either: whoever asks says where to go on, so an examination can be left and come back to.</remarks>
public class PaymentDoctor(IRepository<Order> orders, MionApiClient apiClient, PaymentSearchStore searchStore, StoreSettings storeSettings)
{
    /// <summary>Payments of one examination: few enough for a request, even where each call to Mion takes its time.</summary>
    public const int BatchSize = 40;

    /// <summary>
    /// Examines the payments below an id, the newest first.
    /// </summary>
    /// <param name="below">Only payments whose row id is lower; <see cref="int.MaxValue"/> to begin with the newest.</param>
    public async Task<DoctorBatch> ExamineAsync(int below)
    {
        var batch = await searchStore.GetBelowAsync(below, BatchSize);
        if (batch.Count == 0)
            return new(0, 0, []);

        var ids = batch.Select(session => session.OrderId).Distinct().ToArray();
        var found = (await orders.Table.Where(order => ids.Contains(order.Id)).ToListAsync()).ToDictionary(order => order.Id);
        var answers = await AskAsync([.. batch.Where(session => session.IsAtMion() && session.State != PaymentSessionState.Handled)]);
        var diagnoses = new List<DoctorDiagnosis>();
        foreach (var session in batch)
        {
            if (Examine(session, found.GetValueOrDefault(session.OrderId), answers.GetValueOrDefault(session.Id)) is { } finding)
                diagnoses.Add(new(session, finding));
        }

        return new(batch.Count, batch.Count < BatchSize ? 0 : batch[^1].Id, diagnoses);
    }

    private static DoctorFinding? Examine(MionPaymentSession session, Order? order, (MionSession? Answer, MionApiException? Error) asked)
    {
        if (session.State == PaymentSessionState.NeedsPerson)
            return DoctorFinding.NeedsPerson;
        if (session.State == PaymentSessionState.Paid && session.IsForOrder())
        {
            if (order is null or { Deleted: true })
                return DoctorFinding.OrderGone;
            if (order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized)
                return DoctorFinding.OrderNotPaid;
        }

        return asked switch
        {
            { Error.Kind: MionApiErrorKind.NotFound } => DoctorFinding.UnknownAtMion,
            { Error: not null } => DoctorFinding.MionFailed,
            { Answer.IsPaid: true } when session.State is PaymentSessionState.Open or PaymentSessionState.Expired => DoctorFinding.PaidAtMion,
            { Answer.IsPaid: false } when session.State == PaymentSessionState.Paid => DoctorFinding.NotPaidAtMion,
            _ => null
        };
    }

    private async Task<Dictionary<int, (MionSession? Answer, MionApiException? Error)>> AskAsync(IReadOnlyList<MionPaymentSession> batch)
    {
        var options = new Dictionary<int, MionApiOptions>();
        foreach (var storeId in batch.Select(session => session.StoreId).Distinct())
            options[storeId] = await storeSettings.LoadApiOptionsAsync(storeId);

        using var slots = new SemaphoreSlim(PaymentPollService.ParallelCalls);
        var answers = await Task.WhenAll(batch.Select(async session =>
        {
            await slots.WaitAsync();
            try
            {
                return (session.Id, Answer: (MionSession?)await apiClient.GetStatusAsync(options[session.StoreId], session.PaymentSessionId), Error: (MionApiException?)null);
            }
            catch (MionApiException exception)
            {
                return (session.Id, Answer: null, Error: exception);
            }
            finally
            {
                slots.Release();
            }
        }));
        return answers.ToDictionary(answer => answer.Id, answer => (answer.Answer, answer.Error));
    }
}
