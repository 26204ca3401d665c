using LinqToDB;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// Where an examination of all payments stands, and what it has found: in the database, so that it can be left, and gone
/// on with in another window, in another browser, or by another person.
/// </summary>
public class ExaminationStore(HealthStore healthStore, IRepository<MionPaymentSession> sessions)
{
    /// <summary>Where the next step goes on, and when the last one was; null where nothing has been examined yet.</summary>
    /// <returns>Only rows whose id is lower are left to be examined; 0 at the end.</returns>
    public async Task<(int Below, DateTime OnUtc)?> FindPositionAsync() =>
        await healthStore.FindAsync(HealthFacts.Examination) is { } noted ? (noted.Value.Below, noted.OnUtc) : null;

    /// <summary>Records where the next step goes on.</summary>
    /// <param name="below">Only rows whose id is lower; 0 at the end.</param>
    public Task RecordPositionAsync(int below, DateTime utcNow) =>
        healthStore.SetAsync(HealthFacts.Examination, new ExaminationPosition(below), utcNow);

    /// <summary>Some sessions below an id, the newest first.</summary>
    /// <param name="below">Only rows whose id is lower.</param>
    public async Task<IReadOnlyList<MionPaymentSession>> GetBelowAsync(int below, int count) =>
        await sessions.Table.Where(session => session.Id < below).OrderByDescending(session => session.Id).Take(count).ToListAsync();

    /// <summary>How many sessions there are, and how many of them are left to be examined.</summary>
    /// <param name="below">Only rows whose id is lower are left.</param>
    public async Task<(int Total, int Left)> CountAsync(int below) =>
        (await sessions.Table.CountAsync(), await sessions.Table.CountAsync(session => session.Id < below));

    /// <summary>What was found and still stands, the newest first; what only got no answer stands last.</summary>
    public async Task<IReadOnlyList<MionPaymentSession>> GetFindingsAsync(int count) =>
        await Standing().OrderBy(session => session.FindingId == (int)DoctorFinding.MionFailed ? 1 : 0).ThenByDescending(session => session.Id).Take(count).ToListAsync();

    /// <summary>How much was found and still stands.</summary>
    public Task<int> CountFindingsAsync() => Standing().CountAsync();

    /// <summary>Records what was found about some sessions; those about which it is recorded already cost nothing.</summary>
    public async Task RecordFindingsAsync(IEnumerable<(MionPaymentSession Session, DoctorFinding Finding)> findings)
    {
        foreach (var group in findings.Where(found => found.Session.Finding != found.Finding).GroupBy(found => found.Finding))
        {
            var (findingId, ids) = ((int)group.Key, group.Select(found => found.Session.Id).ToArray());
            await sessions.Table.Where(session => ids.Contains(session.Id)).Set(session => session.FindingId, findingId).UpdateAsync();
        }
    }

    /// <summary>Records that a person has dealt with a finding.</summary>
    /// <returns>Whether it was still the row's finding: of two persons one has dealt with it.</returns>
    public async Task<bool> TrySettleAsync(int id, DoctorFinding finding)
    {
        var findingId = (int)finding;
        return await sessions.Table
            .Where(session => session.Id == id && session.FindingId == findingId)
            .Set(session => session.FindingId, (int)DoctorFinding.None)
            .Set(session => session.SettledFindingId, findingId)
            .UpdateAsync() == 1;
    }

    // what the scheduled task or a person has brought to its end since then does not stand any more
    private IQueryable<MionPaymentSession> Standing() => sessions.Table.Where(session =>
        session.FindingId != (int)DoctorFinding.None
        && (session.FindingId != (int)DoctorFinding.NeedsPerson || session.StateId == (int)PaymentSessionState.NeedsPerson)
        && (session.FindingId != (int)DoctorFinding.PaidAtMion || session.StateId == (int)PaymentSessionState.Open || session.StateId == (int)PaymentSessionState.Expired));
}
