using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>One scenario, played: what is broken is mended at the end, and time goes by until everything is settled.</summary>
internal sealed class ScenarioRun(SoakWorld world, Scenario scenario)
{
    private const int Pending = 10;
    private const int PaidStatus = 30;
    private const int Refunded = 40;
    private const int Cancelled = 40;
    private static readonly TimeSpan[] _waits =
        [TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(61)];

    private readonly List<Order> _orders = [];
    private readonly HashSet<int> _paidOtherwise = [];
    private readonly HashSet<int> _cancelled = [];
    private int _lastLogId;

    /// <summary>Plays the scenario and says which promises were broken.</summary>
    public async Task<IReadOnlyList<string>> PlayAsync(CancellationToken cancellationToken)
    {
        var reports = world.Shop.PaidOrders.Count;
        _lastLogId = await world.QueryAsync(connection => connection.GetTable<Nop.Core.Domain.Logging.Log>().Max(line => (int?)line.Id) ?? 0);
        var wasHit = world.Statements.Injected.Values.Sum();
        for (var order = 0; order < scenario.Orders; order++)
            _orders.Add(await world.PlaceOrderAsync(10m + order + scenario.Seed % 97 / 100m));

        foreach (var steps in scenario.Rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(steps.Select(PlayAsync));
            await WaitAsync(steps, cancellationToken);
        }

        await SettleAsync(cancellationToken);
        var check = new PromiseCheck(world, [.. world.Shop.PaidOrders.Skip(reports)], _lastLogId, hadStatementFaults: world.Statements.Injected.Values.Sum() > wasHit);
        foreach (var order in _orders)
            await check.OrderAsync(order.Id, _paidOtherwise.Contains(order.Id), _cancelled.Contains(order.Id));
        await check.LogAsync([.. _orders.Select(order => order.Id)]);
        await ForgetAsync();
        return check.Violations;
    }

    private async Task PlayAsync(Step step)
    {
        var order = _orders[step.Order];
        var rows = await world.GetSessionsAsync(order.Id);
        var row = rows.Count == 0 ? null : rows[step.Value % rows.Count];
        switch (step.Act)
        {
            case Act.Open:
                await world.OpenAsync(order.Id);
                break;
            case Act.Retry when row is not null:
                await world.PostAsync($"mion/payment/{row.Token}/retry", []);
                break;
            case Act.Return when row is not null:
                await world.GetAsync($"mion/return/{row.Token}");
                break;
            case Act.AskForNews when row is not null:
                await world.GetAsync($"mion/payment/{row.Token}/status");
                break;
            case Act.CallWithNonsense when row is not null:
                await world.PostAsync($"mion/webhook/{row.WebhookToken}", Nonsense(step.Value));
                break;
            case Act.CallUnknown:
                await world.PostAsync($"mion/webhook/{Guid.NewGuid():N}", Nonsense(step.Value));
                break;
            case Act.RunTask:
                await world.RunTaskAsync();
                break;
            case Act.RunTaskTwice:
                await Task.WhenAll(world.RunTaskAsync(), world.RunTaskAsync());
                break;
            case Act.Wait:
                // at the end of the round
                break;
            case Act.BreakApi:
                world.Mion.Faults.Add(ScenarioFaults.Api(step.Value));
                break;
            case Act.BreakCallbacks:
                world.Mion.Faults.Add(ScenarioFaults.Callbacks(step.Value));
                break;
            case Act.BreakShop:
                var (kind, after) = ScenarioFaults.Shop(step.Value);
                world.Statements.Arm(kind, after);
                break;
            case Act.EditTotal or Act.EditTotalBack or Act.Cancel or Act.Delete or Act.PayOtherwise or Act.RefundOrder:
                await ChangeOrderAsync(step, order);
                break;
            default:
                if (row is { PaymentSessionId.Length: > 0 })
                    ActAtMion(step.Act, row.PaymentSessionId);
                break;
        }
    }

    /// <summary>
    /// Lets time go by between the rounds. Never in the middle of somebody's work: that would be a worker who sleeps for
    /// longer than its claim holds and then goes on, against which nopCommerce's order processing has no defence.
    /// </summary>
    private async Task WaitAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMinutes(steps.Where(step => step.Act == Act.Wait).Sum(step => step.Value % 90));
        if (wait == TimeSpan.Zero)
            return;
        await world.Mion.CallbacksSettledAsync(cancellationToken);
        world.Skip(wait);
    }

    private void ActAtMion(Act act, string paymentSessionId)
    {
        try
        {
            _ = act switch
            {
                Act.PayByLightning => world.Mion.PayByLightning(paymentSessionId),
                Act.PayOnChain => world.Mion.PayOnChain(paymentSessionId),
                Act.Confirm => world.Mion.Confirm(paymentSessionId),
                Act.PayTooLittle => world.Mion.PayTooLittle(paymentSessionId),
                Act.PayLate => world.Mion.PayLate(paymentSessionId),
                Act.Expire => world.Mion.Expire(paymentSessionId),
                Act.RefundAtMion => world.Mion.Refund(paymentSessionId),
                Act.Process => world.Mion.Advance(paymentSessionId),
                Act.CallAgain => world.Mion.CallWebhooks(paymentSessionId),
                _ => null
            };
        }
        catch (InvalidOperationException)
        {
            // the session's state does not allow it: nobody can do that at Mion either
        }
    }

    private async Task ChangeOrderAsync(Step step, Order placed)
    {
        var changed = await world.ChangeOrderAsync(orders => step.Act switch
        {
            Act.EditTotal => orders.Where(order => order.Id == placed.Id && order.PaymentStatusId == Pending).Set(order => order.OrderTotal, placed.OrderTotal + 1 + step.Value % 3).Update(),
            Act.EditTotalBack => orders.Where(order => order.Id == placed.Id && order.PaymentStatusId == Pending).Set(order => order.OrderTotal, placed.OrderTotal).Update(),
            Act.Cancel => orders.Where(order => order.Id == placed.Id && order.PaymentStatusId == Pending).Set(order => order.OrderStatusId, Cancelled).Update(),
            Act.Delete => orders.Where(order => order.Id == placed.Id).Set(order => order.Deleted, true).Update(),
            Act.PayOtherwise => orders.Where(order => order.Id == placed.Id && order.PaymentStatusId == Pending && order.OrderStatusId != Cancelled).Set(order => order.PaymentStatusId, PaidStatus).Update(),
            Act.RefundOrder => orders.Where(order => order.Id == placed.Id && order.PaymentStatusId == PaidStatus).Set(order => order.PaymentStatusId, Refunded).Update(),
            _ => 0
        });
        if (changed == 0)
            return;
        lock (_paidOtherwise)
        {
            if (step.Act == Act.PayOtherwise)
                _paidOtherwise.Add(placed.Id);
            if (step.Act == Act.Cancel)
                _cancelled.Add(placed.Id);
        }
    }

    /// <summary>Mends what is broken and lets time go by: claims lapse, back-offs end, callbacks are sent or given up.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        world.Mion.Faults.Clear();
        world.Statements.Disarm();
        await world.Mion.CallbacksSettledAsync(cancellationToken);
        foreach (var wait in _waits)
        {
            world.Skip(wait);
            await world.RunTaskAsync();
        }

        await world.Mion.CallbacksSettledAsync(cancellationToken);
    }

    /// <summary>The sessions of this scenario are nobody's business any more: the next one's time is its own.</summary>
    private Task ForgetAsync() => world.QueryAsync(connection =>
    {
        foreach (var order in _orders)
            connection.Execute($"""UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = NULL WHERE "OrderId" = {order.Id}""");
        return true;
    });

    private static byte[] Nonsense(int value)
    {
        var bytes = new byte[value * 7 % 3000];
        new Random(value).NextBytes(bytes);
        return value % 3 == 0 ? bytes : System.Text.Encoding.UTF8.GetBytes($$"""{"paymentSessionId":"{{Guid.NewGuid()}}","status":"funded","paidAt":"2026-01-01T00:00:00Z","n":{{value}}}""");
    }
}
