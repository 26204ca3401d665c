using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Prepares the page on which all payments are examined.</summary>
public class DoctorModelFactory(ExaminationStore examinationStore, IPermissionService permissionService, PaymentSearchStore searchStore, PaymentTexts texts)
{
    /// <summary>Findings on the page; with more of them one cause stands behind many.</summary>
    public const int MaxFindings = 200;

    /// <summary>Prepares the page from what is stored; examines nothing.</summary>
    public async Task<DoctorModel> PrepareAsync()
    {
        var position = await examinationStore.FindPositionAsync();
        var (total, left) = await examinationStore.CountAsync(position?.Below ?? int.MaxValue);
        var found = await examinationStore.CountFindingsAsync();
        return new DoctorModel
        {
            Total = total,
            Examined = total - left,
            IsLeft = position is { Below: > 0 and < int.MaxValue },
            Standing = position switch
            {
                null or { Below: int.MaxValue } => await texts.GetAsync("Doctor.Never"),
                { Below: 0, OnUtc: var on } => await texts.GetAsync("Doctor.Done", await texts.TimeAsync(on)),
                { OnUtc: var on } => await texts.GetAsync("Doctor.Left", await texts.TimeAsync(on))
            },
            Findings = await PrepareRowsAsync([.. (await examinationStore.GetFindingsAsync(MaxFindings)).Select(session => new DoctorDiagnosis(session, session.Finding))]),
            More = found > MaxFindings ? await texts.GetAsync("Doctor.More", MaxFindings, (await texts.FormatAsync()).Number(found)) : string.Empty
        };
    }

    /// <summary>Puts findings into words.</summary>
    /// <param name="diagnoses">Payments and what was found about them.</param>
    public async Task<IList<DoctorRowModel>> PrepareRowsAsync(IReadOnlyList<DoctorDiagnosis> diagnoses)
    {
        if (diagnoses.Count == 0)
            return [];
        var format = await texts.FormatAsync();
        var canDecide = await permissionService.AuthorizeAsync(MionPermissions.Decide);
        var orderNumbers = await searchStore.GetOrderNumbersAsync(diagnoses.Select(diagnosis => diagnosis.Session.OrderId));
        var rows = new List<DoctorRowModel>();
        foreach (var (session, finding) in diagnoses)
        {
            var hasOrder = orderNumbers.TryGetValue(session.OrderId, out var number);
            rows.Add(new DoctorRowModel(
                session.Id,
                hasOrder ? session.OrderId : 0,
                hasOrder ? number! : session.IsForOrder() ? $"({session.OrderId})" : session.Note,
                format.Amount(session),
                await DescribeAsync(session, finding),
                canDecide && finding == DoctorFinding.PaidAtMion,
                canDecide && PaymentDiagnosis.CanBeHandled(finding)));
        }

        return rows;
    }

    private async Task<string> DescribeAsync(MionPaymentSession session, DoctorFinding finding) =>
        finding == DoctorFinding.NeedsPerson
            ? $"{await texts.GetAsync($"Reason.{session.ReviewReason}")} {await texts.GetAsync($"Advice.{session.ReviewReason}")}"
            : await texts.GetAsync($"Finding.{finding}");
}
