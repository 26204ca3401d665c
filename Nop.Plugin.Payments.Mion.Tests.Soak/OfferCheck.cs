using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>Nobody is sent to a session, or offered one, that may not be paid for the order as it is.</summary>
internal sealed partial class OfferCheck(SoakWorld world)
{
    /// <summary>What was offered and should not have been.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Looks at what a page of an order's payment offers. An order that is changed meanwhile is not judged.</summary>
    public async Task LookAsync(int orderId, Func<Task<SoakAnswer>> ask)
    {
        var before = await world.GetOrderAsync(orderId);
        var taken = await world.GetSessionsAsync(orderId);
        var answer = await ask();
        if (Offered().Match($"{answer.Location} {answer.Body}") is not { Success: true } offer)
            return;
        var after = await world.GetOrderAsync(orderId);
        world.Count("SessionsOffered");
        if (Describe(before) != Describe(after))
            return;
        var rows = await world.GetSessionsAsync(orderId);
        var row = rows.FirstOrDefault(row => row.PaymentSessionId == offer.Groups[1].Value);
        if (row is null || row.IsTill || !Wants(after, row) || rows.Any(other => other.Id != row.Id && IsTaken(other) && taken.Any(early => early.Id == other.Id && IsTaken(early))))
            Violations.Enqueue($"order {after.Id} ({Describe(after)}) is offered {row?.ToString() ?? $"the session {offer.Groups[1].Value} of somebody else"}, {row?.AmountCents} cents");
    }

    private static bool Wants(Order order, SessionRow row) => !order.Deleted && order.OrderStatus != OrderStatus.Cancelled && order.PaymentStatus == PaymentStatus.Pending
        && order.PaymentMethodSystemName == SoakWorld.MionMethod && decimal.Round(order.OrderTotal * 100, MidpointRounding.AwayFromZero) == row.AmountCents;

    /// <summary>Another payment of the order has arrived, or is on its way, and the shopper need not pay again.</summary>
    private static bool IsTaken(SessionRow row) => row.StateId == SessionRow.Paid || row is { IsSeen: true, PersonToldOf: null };

    private static string Describe(Order order) =>
        FormattableString.Invariant($"{order.OrderTotal}, {order.OrderStatus}, {order.PaymentStatus}, {order.PaymentMethodSystemName}, deleted: {order.Deleted}");

    [GeneratedRegex("/checkout/([0-9a-f]{8}-[0-9a-f-]{27})")]
    private static partial Regex Offered();
}
