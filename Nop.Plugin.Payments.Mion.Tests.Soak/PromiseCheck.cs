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
/// <remarks>
/// It asks of every session that Mion has, not only of those that the plugin says something about: a mail, a note and the
/// list are what a person can read.
/// </remarks>
internal sealed class PromiseCheck(SoakWorld world, IReadOnlyList<int> reports, SoakMark begin, IReadOnlyList<QueuedEmail> mails)
{
    private const string ApiKey = "demo-key";
    private const string Halfway = "stopped in the middle";
    private const string Twice = "went out twice";

    // each is told by a mail and a note of its own, besides the one about why a payment waits
    private static readonly string[] _besides = ["does not know", "it is not complete", "no time of payment", Halfway, Twice, "reports a refund", "set the order back"];

    private readonly List<string> _violations = [];
    private readonly List<SessionRow> _rows = [];
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Violations => _violations;

    public async Task OrderAsync(int orderId, MerchantActs merchant)
    {
        var (paidOtherwise, cancelled, setBack) = (merchant.PaidOtherwise.ContainsKey(orderId), merchant.Cancelled.ContainsKey(orderId), merchant.SetBack.GetValueOrDefault(orderId));
        var order = await world.GetOrderAsync(orderId);
        var name = $"order {order.Id} ({order.OrderStatus}, {order.PaymentStatus})";
        var rows = await world.GetSessionsAsync(orderId);
        var notes = await world.QueryAsync(connection => connection.GetTable<OrderNote>().Where(note => note.OrderId == orderId).OrderBy(note => note.Id).Select(note => note.Note).ToList());
        var reported = reports.Count(id => id == orderId);
        var known = _violations.Count;
        var applied = rows.Where(row => row.StateId == SessionRow.Paid).ToList();
        var atMion = world.Mion.Sessions.Where(session => session.IsPaid && session.Reference?.StartsWith(order.OrderGuid.ToString("N"), StringComparison.Ordinal) == true).ToList();
        _texts.AddRange(notes);

        foreach (var row in rows)
            await SessionAsync(name, order, row, rows, notes);
        foreach (var session in atMion)
            Accounted(name, order, session, rows.FirstOrDefault(row => row.PaymentSessionId == session.PaymentSessionId), notes);

        Require(applied.Count <= 1, name, $"{applied.Count} sessions are applied");
        // between its last statement and nopCommerce's own a worker can be overtaken in its sleep
        var twice = world.HasOverslept && notes.Exists(note => note.Contains(Twice, StringComparison.Ordinal));
        Require(reported <= 1 + setBack + (twice ? 1 : 0), name, $"reported as paid {reported} times");
        Require(applied.Count > 0 || reported == 0 || setBack > 0, name, "reported as paid, and no session is applied");
        if (applied.Count == 1 && (reported == 0 || !HasTail(order, notes)))
            HalfwayTold(name, applied[0], notes);
        Require(applied.Count == 0 || order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded, name, $"applied, and the order is {order.PaymentStatus}");
        Require(order.PaymentStatus != PaymentStatus.Paid || applied.Count == 1 || paidOtherwise, name, $"paid by nobody, its transaction is {order.CaptureTransactionId}: {string.Join("; ", rows)}");
        Require(order.PaymentStatus != PaymentStatus.Voided, name, "voided");
        Require(order.OrderStatus != OrderStatus.Cancelled || cancelled, name, "cancelled by nobody");
        foreach (var same in notes.Where(note => note.Contains("received by Mion", StringComparison.Ordinal) || note.Contains("reports a refund", StringComparison.Ordinal))
                     .GroupBy(note => note).Where(group => group.Count() > 1))
            // one that was set back before its payment was settled is paid once more by it, and who wakes up after its lease says what another has said
            Require(same.Count() <= 1 + setBack + (world.HasOverslept ? 1 : 0), name, $"noted {same.Count()} times: {same.Key}");
        foreach (var refused in notes.Where(note => note.Contains("did not accept the request", StringComparison.Ordinal) && note.Contains("HTTP 4", StringComparison.Ordinal) && !note.Contains("HTTP 404", StringComparison.Ordinal)))
            Require(refused.Contains(ScenarioFaults.Reason, StringComparison.Ordinal), name, $"refused, and nobody reads why: {refused}");

        if (_violations.Count > known)
            _violations.Add($"{name}: its notes, in order: {string.Join(" | ", notes)}");
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
        foreach (var session in atMion)
            Accounted("charge", null, session, rows.FirstOrDefault(row => row.PaymentSessionId == session.PaymentSessionId), []);
        foreach (var row in rows)
            await SessionAsync("charge", null, row, rows, []);
    }

    /// <summary>No mail is sent twice, but by a process that died, or lost an answer, between queueing and recording it.</summary>
    public void Mails()
    {
        foreach (var same in mails.Where(IsToOwner).Where(mail => !mail.Body.Contains("has not answered for hours", StringComparison.Ordinal)).GroupBy(mail => mail.Body).Where(group => group.Count() > 1))
            Require(world.WasHit, "mail", $"sent {same.Count()} times: {same.Key}");
    }

    public async Task LogAsync()
    {
        var lines = await world.QueryAsync(connection => connection.GetTable<Log>().Where(line => line.Id > begin.LastLogId).ToList());
        _texts.AddRange(mails.Select(mail => $"{mail.Subject} {mail.Body}"));
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

    /// <summary>
    /// Of a session that is paid at Mion: its order is marked by it, or a person can read why not; and what Mion gave back of it
    /// can be read too.
    /// </summary>
    private void Accounted(string name, Order? order, StandInSession session, SessionRow? row, List<string> notes)
    {
        // it ran out unpaid, and Mion knows nothing more of it that could be told
        if (row is { IsOver: true } && world.Mion.IsForgotten(session.PaymentSessionId))
            return;
        var isMarked = order is null ? row?.StateId == SessionRow.Paid
            : order.CaptureTransactionId == session.PaymentSessionId && order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded;
        var byMail = CountMails(session.PaymentSessionId) > 0;
        var byNote = notes.Exists(note => note.Contains(session.PaymentSessionId, StringComparison.Ordinal) && note.Contains("Please", StringComparison.Ordinal));
        var byList = row?.StateId is SessionRow.NeedsPerson or SessionRow.Handled;
        Require(row is not null, name, $"a paid session that the shop does not know: {session.PaymentSessionId}");
        Require(isMarked || byMail && byList || byList && row?.StateId == SessionRow.Handled, name, $"paid at Mion, the order is not marked by it, and nobody was told: {row}");
        // who waits for a decision has been told; after that, nobody asks any more
        if (session.RefundSessionIds.Count > 0 && row?.StateId == SessionRow.Paid && !world.Mion.IsForgotten(session.PaymentSessionId))
        {
            Require(CountMails(session.PaymentSessionId, "reports a refund") > 0, name, $"Mion has given it back, and no mail says so: {row}");
            Require(order is null || session.RefundSessionIds.All(refund => notes.Exists(note => note.Contains(refund, StringComparison.Ordinal))), name, $"Mion has given it back, and no note says so: {row}");
            world.Count("RefundsTold");
        }

        foreach (var (way, isTold) in new[] { ("Mail", byMail), ("Note", byNote), ("List", byList) }.Where(way => way.Item2))
            world.Count($"ToldBy{way}");
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
            Told(name, order, row, notes);
        if (row.IsSeen)
        {
            world.Count("SessionsSeenAndNotPaid");
            Require(CountMails(row.PaymentSessionId) > 0, name, $"seen and not paid, and the store owner was not told: {row}");
        }

        if (row.StateId == SessionRow.NeedsPerson && !StandsInTheWay(order, row, rows))
            Require(false, name, $"waits for a person, and nothing stands in the way: {row}");
    }

    /// <summary>A person was told once: by a note where there is an order, and by a mail.</summary>
    private void Told(string name, Order? order, SessionRow row, List<string> notes)
    {
        Require(row.ReviewReasonId != 0, name, $"no reason: {row}");
        if (order is not null)
            Require(notes.Exists(note => note.Contains(row.PaymentSessionId, StringComparison.Ordinal) && !note.Contains("was sent to Mion", StringComparison.Ordinal)), name, $"no note: {row}");
        var told = CountMails(row.PaymentSessionId);
        // whoever closed it on the desk before a failed mail was tried again knows of it
        Require(told > 0 || row.StateId == SessionRow.Handled && world.WasHit, name, $"the store owner was not told: {row}");
        // one for each reason there is: a session that Mion did not know, or that was seen and not complete for long, can turn
        // out to be paid for a cancelled order. A process that dies between queueing the mail and recording it sends it
        // again; nothing else does
        var most = order is null ? 3 : _besides.Count(kind => notes.Exists(note => note.Contains(row.PaymentSessionId, StringComparison.Ordinal) && note.Contains(kind, StringComparison.Ordinal))) + 1;
        Require(world.WasHit || told <= most, name, $"the store owner was told {told} times: {row}");
    }

    /// <summary>
    /// nopCommerce saves an order before it announces it, and then writes to the customer; only what failed or died in between
    /// may leave it at that, and a person is told.
    /// </summary>
    private void HalfwayTold(string name, SessionRow row, List<string> notes)
    {
        Require(world.WasHit, name, "paid only half, and nothing had failed");
        Require(notes.Exists(note => note.Contains(Halfway, StringComparison.Ordinal)), name, "paid only half, and no note says so");
        Require(CountMails(row.PaymentSessionId, Halfway) > 0, name, "paid only half, and no mail says so");
        world.Count("OrdersMarkedHalfway");
    }

    /// <summary>What nopCommerce does after it has announced a payment.</summary>
    private bool HasTail(Order order, List<string> notes) =>
        mails.Any(mail => !IsToOwner(mail) && mail.Subject == $"Order {order.Id} is paid") && notes.Exists(note => note.StartsWith("\"Order paid\" email", StringComparison.Ordinal));

    private bool StandsInTheWay(Order? order, SessionRow row, IReadOnlyList<SessionRow> rows)
    {
        if (row.ReviewReasonId == SessionRow.UnknownAtMion)
            return world.Mion.IsForgotten(row.PaymentSessionId);
        if (order is null)
            return row.CancelledOnUtc is not null || row.ReviewReasonId is SessionRow.LateAtTill or SessionRow.RefundedAtMion;
        if (row.ReviewReasonId == SessionRow.OrderSetBack)
            return true;
        return order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending
            || decimal.Round(order.OrderTotal * 100, MidpointRounding.AwayFromZero) != row.AmountCents
            || !row.IsTill && order.PaymentMethodSystemName != SoakWorld.MionMethod
            || rows.Any(other => other.Id != row.Id && other.StateId == SessionRow.Paid)
            || world.Mion.IsForgotten(row.PaymentSessionId)
            || world.Mion.Find(row.PaymentSessionId)?.RefundSessionIds.Count > 0;
    }

    private int CountMails(string paymentSessionId, string text = "") =>
        mails.Count(mail => IsToOwner(mail) && mail.Body.Contains(paymentSessionId, StringComparison.Ordinal) && mail.Body.Contains(text, StringComparison.Ordinal));

    private static bool IsToOwner(QueuedEmail mail) => mail.To == "owner@demo.example";

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
