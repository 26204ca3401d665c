using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// The promise, held against what there is in the end: paid at Mion if and only if the order is marked as paid exactly
/// once, or a person has been told why not.
/// </summary>
internal sealed class PromiseCheck(SoakWorld world, IReadOnlyList<int> reports, int lastLogId, bool hadStatementFaults)
{
    private const string ApiKey = "demo-key";

    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    public async Task OrderAsync(int orderId, bool paidOtherwise, bool cancelled)
    {
        var order = await world.GetOrderAsync(orderId);
        var rows = await world.GetSessionsAsync(orderId);
        var notes = await world.QueryAsync(connection => connection.GetTable<OrderNote>().Where(note => note.OrderId == orderId).Select(note => note.Note).ToList());
        var reported = reports.Count(id => id == orderId);
        var applied = rows.Where(row => row.StateId == SessionRow.Paid).ToList();

        foreach (var row in rows)
            await SessionAsync(order, row, rows, notes);
        foreach (var orphan in world.Mion.Sessions.Where(session => session.IsPaid && session.Reference?.StartsWith(order.OrderGuid.ToString("N"), StringComparison.Ordinal) == true))
            Require(rows.Any(row => row.PaymentSessionId == orphan.PaymentSessionId), order, $"a paid session that the shop does not know: {orphan.PaymentSessionId}");

        Require(applied.Count <= 1, order, $"{applied.Count} sessions are applied");
        Require(reported <= 1, order, $"reported as paid {reported} times");
        Require(applied.Count > 0 || reported == 0, order, "reported as paid, and no session is applied");
        Require(applied.Count == 0 || reported == 1 || notes.Exists(note => note.Contains("in the middle", StringComparison.Ordinal)), order,
            "paid, never reported, and nobody was told");
        Require(applied.Count == 0 || order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.Refunded, order, $"applied, and the order is {order.PaymentStatus}");
        Require(order.PaymentStatus != PaymentStatus.Paid || applied.Count == 1 || paidOtherwise, order, "paid by nobody");
        Require(order.PaymentStatus != PaymentStatus.Voided, order, "voided");
        Require(order.OrderStatus != OrderStatus.Cancelled || cancelled, order, "cancelled by nobody");
        foreach (var twice in notes.Where(note => note.Contains("received by Mion", StringComparison.Ordinal) || note.Contains("reports a refund", StringComparison.Ordinal))
                     .GroupBy(note => note).Where(group => group.Count() > 1))
            Require(false, order, $"noted {twice.Count()} times: {twice.Key}");
    }

    public async Task LogAsync(IReadOnlyList<int> orderIds)
    {
        var lines = await world.QueryAsync(connection => connection.GetTable<Log>().Where(line => line.Id > lastLogId).ToList());
        foreach (var orderId in orderIds)
        {
            foreach (var row in await world.GetSessionsAsync(orderId))
            {
                foreach (var secret in new[] { row.Token, row.WebhookToken })
                {
                    if (lines.FirstOrDefault(line => Has(line.ShortMessage, secret) || Has(line.FullMessage, secret)
                        || Has(line.PageUrl, secret) && line.ShortMessage.StartsWith("Payments.Mion", StringComparison.Ordinal)) is { } leak)
                        _violations.Add($"a token in the log: {leak.ShortMessage} [{leak.PageUrl}]");
                }
            }
        }

        if (lines.FirstOrDefault(line => Has(line.ShortMessage, ApiKey) || Has(line.FullMessage, ApiKey)) is { } keyLeak)
            _violations.Add($"the API key in the log: {keyLeak.ShortMessage}");
        if (Interlocked.Exchange(ref world.UnexpectedErrors, 0) is var errors and > 0)
            _violations.Add($"{errors} answers of 5xx, or no redirect, with nothing of the shop broken");
    }

    private async Task SessionAsync(Order order, SessionRow row, IReadOnlyList<SessionRow> rows, List<string> notes)
    {
        if (row.PaymentSessionId.Length == 0)
        {
            Require(row.StateId == SessionRow.Opening, order, $"not at Mion, and not opening: {row}");
            Require(!world.Mion.Sessions.Any(session => session.Reference == row.Reference), order, $"at Mion, and never found: {row}");
            return;
        }

        var isPaid = world.Mion.Find(row.PaymentSessionId)?.IsPaid == true;
        Require(isPaid == row.StateId is SessionRow.Paid or SessionRow.NeedsPerson, order, $"paid at Mion: {isPaid}; here: {row}");
        if (row.StateId == SessionRow.Paid)
            Require(order.CaptureTransactionId == row.PaymentSessionId, order, $"applied, but the order names {order.CaptureTransactionId}: {row}");
        if (row.StateId == SessionRow.NeedsPerson)
            await WaitingAsync(order, row, rows, notes);
    }

    private async Task WaitingAsync(Order order, SessionRow row, IReadOnlyList<SessionRow> rows, List<string> notes)
    {
        var mails = await world.QueryAsync(connection => connection.GetTable<QueuedEmail>().Where(mail => mail.Body.Contains(row.PaymentSessionId)).ToList());
        Require(row.ReviewReasonId != 0, order, $"no reason: {row}");
        Require(notes.Exists(note => note.Contains(row.PaymentSessionId, StringComparison.Ordinal) && !note.Contains("was sent to Mion", StringComparison.Ordinal)), order, $"no note: {row}");
        Require(mails.Count > 0, order, $"the store owner was not told: {row}");
        // a process that dies between queueing the mail and recording it sends it again; nothing else does
        Require(hadStatementFaults || mails.Count == 1, order, $"the store owner was told {mails.Count} times: {row}");
        var standsInTheWay = order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending
            || decimal.Round(order.OrderTotal * 100) != row.AmountCents
            || rows.Any(other => other.Id != row.Id && other.StateId == SessionRow.Paid)
            || world.Mion.Find(row.PaymentSessionId)?.RefundSessionIds.Count > 0;
        Require(standsInTheWay, order, $"waits for a person, and nothing stands in the way: {row}");
    }

    private void Require(bool holds, Order order, string message)
    {
        if (!holds)
            _violations.Add($"order {order.Id} ({order.OrderStatus}, {order.PaymentStatus}): {message}");
    }

    private static bool Has(string? text, string secret) => text?.Contains(secret, StringComparison.OrdinalIgnoreCase) == true;
}
