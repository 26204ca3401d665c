using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>A payment with what does not fit together about it.</summary>
/// <param name="Finding">What does not fit together.</param>
public sealed record DoctorDiagnosis(MionPaymentSession Session, DoctorFinding Finding);

/// <summary>What one step of an examination came to.</summary>
/// <param name="Total">How many payments there are.</param>
/// <param name="Examined">How many of them have been examined.</param>
/// <param name="IsDone">Whether all have been.</param>
/// <param name="Diagnoses">What this step found.</param>
/// <param name="Outage">Why Mion could not be asked, in words; the step has to be repeated then. Empty otherwise.</param>
public sealed record DoctorStep(int Total, int Examined, bool IsDone, IReadOnlyList<DoctorDiagnosis> Diagnoses, string Outage = "");

/// <summary>
/// Compares all payments with their orders and with Mion, some at a time. Changes neither a payment nor an order; only
/// what it has found, and where it stands, is kept.
/// </summary>
public class PaymentDoctor(IRepository<Order> orders, ExaminationStore store, StatusReader reader, TimeProvider timeProvider)
{
    /// <summary>Payments of one step: few enough for a request, even where each call to Mion takes its time.</summary>
    public const int BatchSize = 40;

    /// <summary>Examines the next payments, the newest first, from where the last step left off.</summary>
    /// <param name="restart">Whether to begin anew; so does whoever goes on from the end.</param>
    public async Task<DoctorStep> ContinueAsync(bool restart)
    {
        var below = !restart && await store.FindPositionAsync() is { Below: > 0 } position ? position.Below : int.MaxValue;
        var batch = await store.GetBelowAsync(below, BatchSize);
        var (diagnoses, outage) = await ExamineAsync(batch);
        if (outage.Length > 0)
            diagnoses = [];
        else
            below = batch.Count < BatchSize ? 0 : batch[^1].Id;
        await store.RecordFindingsAsync(diagnoses.Select(diagnosis => (diagnosis.Session, diagnosis.Finding)));

        await store.RecordPositionAsync(below, timeProvider.GetUtcNow().UtcDateTime);
        var (total, left) = await store.CountAsync(below);
        return new(total, total - left, below == 0, [.. diagnoses.Where(diagnosis => diagnosis.Finding != DoctorFinding.None)], outage);
    }

    /// <summary>Examines one payment again, after something was done about it.</summary>
    public async Task<DoctorDiagnosis> ExamineAsync(MionPaymentSession session)
    {
        var (diagnoses, _) = await ExamineAsync([session]);
        await store.RecordFindingsAsync([(session, diagnoses[0].Finding)]);
        return diagnoses[0];
    }

    private async Task<(IReadOnlyList<DoctorDiagnosis> Diagnoses, string Outage)> ExamineAsync(IReadOnlyList<MionPaymentSession> batch)
    {
        var ids = batch.Select(session => session.OrderId).Distinct().ToArray();
        var found = (await orders.Table.Where(order => ids.Contains(order.Id)).ToListAsync()).ToDictionary(order => order.Id);
        var answers = await reader.ReadAsync(batch.Where(session => session.State != PaymentSessionState.Handled), CheckTrigger.Admin);
        var diagnoses = batch.Select(session =>
        {
            var (answer, error) = answers.GetValueOrDefault(session.Id);
            return new DoctorDiagnosis(session, PaymentDiagnosis.Find(session, found.GetValueOrDefault(session.OrderId), answer, error?.Kind));
        }).ToList();
        return (diagnoses, FindOutage([.. answers.Values.Select(answer => answer.Error)]));
    }

    /// <summary>Where nobody got an answer for a cause that passes, thousands of findings would say the same and nothing.</summary>
    private static string FindOutage(IReadOnlyList<MionApiException?> errors) =>
        errors.Count > 0 && errors.All(error => error is { IsTransient: true } or { Kind: MionApiErrorKind.CircuitOpen or MionApiErrorKind.ToldToWait }) ? errors[0]!.Message : string.Empty;
}
