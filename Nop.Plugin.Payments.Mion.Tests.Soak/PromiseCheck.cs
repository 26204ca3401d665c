using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// The promise, held against what there is in the end: paid at Mion if and only if the order is marked as paid exactly
/// once, or a person has been told why not.
/// </summary>
internal sealed class PromiseCheck(SoakWorld world, IReadOnlyList<int> reports, int lastLogId)
{
    private const string ApiKey = "demo-key";

    private readonly List<string> _violations = [];
    private readonly List<SessionRow> _rows = [];
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Violations => _violations;

    public async Task OrderAsync(int orderId, bool paidOtherwise, bool cancelled)
    {
        var order = await world.GetOrderAsync(orderId);
        var name = $"order {order.Id} ({order.OrderStatus}, {order.PaymentStatus})";
        var rows = await world.GetSessionsAsync(orderId);
        var notes = await world.QueryAsync(connection => connection.GetTable<OrderNote>().Where(note => note.OrderId == orderId).Select(note => note.Note).ToList());
        var reported = reports.Count(id => id == orderId);
        var applied = rows.Where(row => row.StateId == SessionRow.Paid).ToList();
        var atMion = world.Mion.Sessions.Where(session => session.IsPaid && session.Reference?.StartsWith(order.OrderGuid.ToString("N"), StringComparison.Ordinal) == true).ToList();
        _texts.AddRange(notes);

        foreach (var row in rows)
            await SessionAsync(name, order, row, rows, notes);
        foreach (var orphan in atMion)
            Require(rows.Any(row => row.PaymentSessionId == orphan.PaymentSessionId), name, $"a paid session that the shop does not know: {orphan.PaymentSessionId}");

        Require(applied.Count <= 1, name, $"{applied.Count} sessions are applied");
        Require(reported <= 1, name, $"reported as paid {reported} times");
        Require(applied.Count > 0 || reported == 0, name, "reported as paid, and no session is applied");
        if (applied.Count == 1 && reported == 0)
            await HalfwayAsync(name, applied[0], notes);
        Require(applied.Count == 0 || order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded, name, $"applied, and the order is {order.PaymentStatus}");
        Require(order.PaymentStatus != PaymentStatus.Paid || applied.Count == 1 || paidOtherwise, name, $"paid by nobody, its transaction is {order.CaptureTransactionId}: {string.Join("; ", rows)}");
        Require(order.PaymentStatus != PaymentStatus.Voided, name, "voided");
        Require(order.OrderStatus != OrderStatus.Cancelled || cancelled, name, "cancelled by nobody");
        foreach (var twice in notes.Where(note => note.Contains("received by Mion", StringComparison.Ordinal) || note.Contains("reports a refund", StringComparison.Ordinal))
                     .GroupBy(note => note).Where(group => group.Count() > 1))
            Require(false, name, $"noted {twice.Count()} times: {twice.Key}");

        world.Count("Orders");
        if (reported == 1)
            world.Count("OrdersReportedAsPaid");
        if (atMion.Count > 1)
            world.Count("OrdersPaidTwiceAtMion");
    }

    /// <summary>An amount without an order, charged at the till.</summary>
    public async Task ChargeAsync(string chargeKey)
    {
        var rows = await world.GetChargeAsync(chargeKey);
        var atMion = world.Mion.Sessions.Where(session => session.Reference == $"till-{chargeKey}" && session.IsPaid).ToList();
        Require(rows.Count <= 1, "charge", "there are two of them");
        foreach (var orphan in atMion)
            Require(rows.Any(row => row.PaymentSessionId == orphan.PaymentSessionId), "charge", $"a paid session that the shop does not know: {orphan.PaymentSessionId}");
        foreach (var row in rows)
            await SessionAsync("charge", null, row, rows, []);
    }

    public async Task LogAsync()
    {
        var lines = await world.QueryAsync(connection => connection.GetTable<Log>().Where(line => line.Id > lastLogId).ToList());
        _texts.AddRange(await world.QueryAsync(connection => connection.GetTable<QueuedEmail>().ToList().Select(mail => $"{mail.Subject} {mail.Body}").ToList()));
        _texts.AddRange(lines.Select(line => $"[{line.PageUrl}] {line.ShortMessage} {line.FullMessage}"));
        var secrets = _rows.SelectMany(row => row.Secrets).Append(ApiKey).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var text in _texts)
        {
            if (secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } leaked)
                _violations.Add($"{(leaked == ApiKey ? "the API key" : "a token")} in the log, a note or a mail: {text[..Math.Min(text.Length, 3000)]}");
        }

        while (world.UnexpectedAnswers.TryDequeue(out var unexpected))
            _violations.Add(unexpected);
    }

    private async Task SessionAsync(string name, Order? order, SessionRow row, IReadOnlyList<SessionRow> rows, List<string> notes)
    {
        _rows.Add(row);
        world.Count("Sessions");
        if (!row.IsAtMion)
        {
            Require(row.StateId == SessionRow.Opening, name, $"not at Mion, and not opening: {row}");
            Require(!world.Mion.Sessions.Any(session => session.Reference == row.Reference), name, $"at Mion, and never found: {row}");
            return;
        }

        var isPaid = world.Mion.Find(row.PaymentSessionId)?.IsPaid == true;
        if (isPaid)
            world.Count("SessionsPaidAtMion");
        Count(row);
        if (world.Mion.IsForgotten(row.PaymentSessionId))
        {
            // nobody can know whether it is paid: what was known stays, and of what was not a person is told; one that Mion called
            // unpaid after its end is over
            Require(row.StateId is SessionRow.Paid or SessionRow.NeedsPerson or SessionRow.Handled || row.IsOver, name, $"unknown at Mion, and nobody was told: {row}");
            Require(row.StateId != SessionRow.Paid || isPaid, name, $"applied, and not paid: {row}");
        }
        else
        {
            // what a person has dealt with while Mion did not know it is unpaid as long as Mion does not say otherwise
            var isSettled = row.StateId is SessionRow.Paid or SessionRow.NeedsPerson || row.StateId == SessionRow.Handled && row.ReviewReasonId != SessionRow.UnknownAtMion;
            Require(isPaid == isSettled, name, $"paid at Mion: {isPaid}; here: {row}");
        }

        if (row.StateId == SessionRow.Paid && order is not null)
            Require(order.CaptureTransactionId == row.PaymentSessionId, name, $"applied, but the order names {order.CaptureTransactionId}: {row}");
        if (row.StateId is SessionRow.NeedsPerson or SessionRow.Handled)
            await ToldAsync(name, order, row, notes);
        if (row.IsSeen)
        {
            world.Count("SessionsSeenAndNotPaid");
            Require(await CountMailsAsync(row) > 0, name, $"seen and not paid, and the store owner was not told: {row}");
        }

        if (row.StateId == SessionRow.NeedsPerson && !StandsInTheWay(order, row, rows))
            Require(false, name, $"waits for a person, and nothing stands in the way: {row}");
    }

    /// <summary>A person was told once: by a note where there is an order, and by a mail.</summary>
    private async Task ToldAsync(string name, Order? order, SessionRow row, List<string> notes)
    {
        Require(row.ReviewReasonId != 0, name, $"no reason: {row}");
        if (order is not null)
            Require(notes.Exists(note => note.Contains(row.PaymentSessionId, StringComparison.Ordinal) && !note.Contains("was sent to Mion", StringComparison.Ordinal)), name, $"no note: {row}");
        var mails = await CountMailsAsync(row);
        // whoever closed it on the desk before a failed mail was tried again knows of it
        Require(mails > 0 || row.StateId == SessionRow.Handled && world.WasHit, name, $"the store owner was not told: {row}");
        // one for each reason there is: a session that Mion did not know, or that was seen and not complete for long, can turn
        // out to be paid for a cancelled order. A process that dies between queueing the mail and recording it sends it
        // again; nothing else does
        var most = order is null ? 2 : notes.Count(note => note.Contains(row.PaymentSessionId, StringComparison.Ordinal)
            && (note.Contains("does not know", StringComparison.Ordinal) || note.Contains("it is not complete", StringComparison.Ordinal))) + 1;
        Require(world.WasHit || mails <= most, name, $"the store owner was told {mails} times: {row}");
    }

    /// <summary>nopCommerce saves an order before it announces it; only a process that died in between may leave it at that.</summary>
    private async Task HalfwayAsync(string name, SessionRow row, List<string> notes)
    {
        Require(world.WasHit, name, "paid, never reported, and nothing had failed");
        Require(notes.Exists(note => note.Contains("in the middle", StringComparison.Ordinal)), name, "paid, never reported, and no note says so");
        Require(await CountMailsAsync(row) > 0, name, "paid, never reported, and no mail says so");
        world.Count("OrdersSavedHalfway");
    }

    private bool StandsInTheWay(Order? order, SessionRow row, IReadOnlyList<SessionRow> rows)
    {
        if (row.ReviewReasonId == SessionRow.UnknownAtMion)
            return world.Mion.IsForgotten(row.PaymentSessionId);
        if (order is null)
            return row.CancelledOnUtc is not null || row.ReviewReasonId is SessionRow.LateAtTill or SessionRow.RefundedAtMion;
        return order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending
            || decimal.Round(order.OrderTotal * 100) != row.AmountCents
            || !row.IsTill && order.PaymentMethodSystemName != SoakWorld.MionMethod
            || rows.Any(other => other.Id != row.Id && other.StateId == SessionRow.Paid)
            || world.Mion.IsForgotten(row.PaymentSessionId)
            || world.Mion.Find(row.PaymentSessionId)?.RefundSessionIds.Count > 0;
    }

    private Task<int> CountMailsAsync(SessionRow row) =>
        world.QueryAsync(connection => connection.GetTable<QueuedEmail>().Count(mail => mail.Body.Contains(row.PaymentSessionId)));

    private void Count(SessionRow row) => world.Count(row.StateId switch
    {
        SessionRow.Paid => "SessionsApplied",
        SessionRow.NeedsPerson => $"Waiting{SessionRow.Reasons.GetValueOrDefault(row.ReviewReasonId, "None")}",
        SessionRow.Handled => "SessionsHandledByAPerson",
        _ => "SessionsUnpaid"
    });

    private void Require(bool holds, string name, string message)
    {
        if (!holds)
            _violations.Add($"{name}: {message}");
    }
}
