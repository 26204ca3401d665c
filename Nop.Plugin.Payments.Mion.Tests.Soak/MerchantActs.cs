using System.Collections.Concurrent;
using LinqToDB;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// What a merchant does to an order in nopCommerce's own pages meanwhile: one statement on the columns it is about.
/// </summary>
internal sealed class MerchantActs(SoakWorld world)
{
    private const int Pending = 10;
    private const int PaidStatus = 30;
    private const int PartiallyRefunded = 35;
    private const int Refunded = 40;
    private const int CancelledStatus = 40;
    private static readonly Act[] _overtaking = [Act.EditTotal, Act.Cancel, Act.PayOtherwise, Act.Delete, Act.ChangeMethod];

    /// <summary>Orders that were paid in another way.</summary>
    public ConcurrentDictionary<int, bool> PaidOtherwise { get; } = new();

    /// <summary>Orders that were cancelled.</summary>
    public ConcurrentDictionary<int, bool> Cancelled { get; } = new();

    /// <summary>Orders that another writer set back, and how often.</summary>
    public ConcurrentDictionary<int, int> SetBack { get; } = new();

    public static bool Are(Act act) => act is Act.EditTotal or Act.EditTotalBack or Act.Cancel or Act.Delete or Act.PayOtherwise or Act.RefundOrder
        or Act.RefundPart or Act.ChangeMethod or Act.SetBack;

    /// <summary>One of the acts is done when the plugin has read the order and is about to mark it.</summary>
    public void Overtake(Step step, Order placed)
    {
        var act = _overtaking[step.Value % _overtaking.Length];
        world.Faults.Overtake(() => DoAsync(step with { Act = act }, placed));
    }

    public async Task DoAsync(Step step, Order placed)
    {
        var changed = await world.ChangeOrderAsync(orders =>
        {
            var order = orders.Where(order => order.Id == placed.Id);
            var pending = order.Where(order => order.PaymentStatusId == Pending);
            var paid = order.Where(order => order.PaymentStatusId == PaidStatus);
            return step.Act switch
            {
                Act.EditTotal => pending.Set(order => order.OrderTotal, placed.OrderTotal + 1 + step.Value % 3).Update(),
                Act.EditTotalBack => pending.Set(order => order.OrderTotal, placed.OrderTotal).Update(),
                Act.Cancel => pending.Set(order => order.OrderStatusId, CancelledStatus).Update(),
                Act.Delete => order.Set(order => order.Deleted, true).Update(),
                Act.PayOtherwise => pending.Where(order => order.OrderStatusId != CancelledStatus).Set(order => order.PaymentStatusId, PaidStatus).Update(),
                Act.RefundOrder => paid.Set(order => order.PaymentStatusId, Refunded).Update(),
                Act.RefundPart => paid.Set(order => order.PaymentStatusId, PartiallyRefunded).Update(),
                Act.ChangeMethod => pending.Set(order => order.PaymentMethodSystemName, "Payments.CheckMoneyOrder").Update(),
                Act.SetBack => paid.Set(order => order.PaymentStatusId, Pending).Set(order => order.OrderStatusId, placed.OrderStatusId)
                    .Set(order => order.CaptureTransactionId, placed.CaptureTransactionId).Set(order => order.PaidDateUtc, placed.PaidDateUtc)
                    .Set(order => order.Deleted, placed.Deleted).Update(),
                _ => 0
            };
        });
        if (changed == 0)
            return;
        world.Count($"Merchant{step.Act}");
        if (step.Act == Act.PayOtherwise)
            PaidOtherwise[placed.Id] = true;
        if (step.Act == Act.SetBack)
            SetBack.AddOrUpdate(placed.Id, 1, (_, count) => count + 1);
        if (step.Act == Act.Cancel)
            Cancelled[placed.Id] = true;
    }
}
