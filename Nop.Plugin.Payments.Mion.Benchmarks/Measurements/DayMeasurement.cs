using System.Diagnostics;
using System.Globalization;
using LinqToDB;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>An hour's worth of a busy shop's day, as fast as it goes: what an order costs from checkout to paid.</summary>
internal sealed class DayMeasurement : IMeasurement
{
    private const int OrdersADay = 100_000;
    private const int PeakFactor = 10;
    private const int LatePercent = 5;
    private const int PersonPercent = 1;
    private const int Together = 50;
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    public string Name => "day";

    public string Title => "A busy day";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var count = bench.Scale(OrdersADay / 24);
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync(), webhooks: true);
        await PlayAsync(world, bench.Scale(500));
        Bench.Say($"{count} orders …");
        var (processor, machine, statements, watch) = (Environment.CpuUsage.TotalTime, Machine.Busy(), world.Statements.Count, Stopwatch.StartNew());
        var (marked, person) = await PlayAsync(world, count);
        var (ours, whole, each) = (Environment.CpuUsage.TotalTime - processor, Machine.Busy() - machine, (double)(world.Statements.Count - statements) / marked);
        var wanted = count - Share(count, PersonPercent);

        string Load(double seconds) => Text.Of($"{seconds / count * OrdersADay / 86_400:0.0 %} of a core on the mean, {seconds / count * OrdersADay / 86_400 * PeakFactor:0 %} in an hour of ten times the mean");
        return new Findings(
        [
            Finding.Of(Text.Of($"{Text.Count(count)} orders, an hour's worth of {Text.Count(OrdersADay)} a day: marked, and with a person"), "all",
                Text.Of($"{Text.Count(marked)} of {Text.Count(wanted)}, and {Text.Count(person)} of {Text.Count(count - wanted)}"), marked == wanted && person == count - wanted),
            Finding.Note("How long they took, one after another as fast as it goes", Text.Of($"{watch.Elapsed.TotalSeconds:0} s, {count / watch.Elapsed.TotalSeconds:0} a second")),
            Finding.Note("Processor time of the shop, the stand-in and the callers together, for an order", Text.Of($"{Text.Milliseconds(ours.TotalMilliseconds / count)}: {Load(ours.TotalSeconds)}")),
            Finding.Note("The same, with the database and all else on the machine", Text.Of($"{Text.Milliseconds(whole.TotalMilliseconds / count)}: {Load(whole.TotalSeconds)}")),
            Finding.Note("Database statements for a paid order, from the end of checkout to marked, nopCommerce's own included", Text.Of($"{each:0.0}"))
        ], Text.Of($"""
            PostgreSQL. {Together} orders at a time are sent to pay, their webhooks registered, then paid and reported by Mion; {LatePercent} % after their time is over, as Mion's own reports and the scheduled task find it, and
            {PersonPercent} % of an order whose total was changed meanwhile, which wait for a person. Answers take no time, so that processor and statements are what counts.
            """));
    }

    private static int Share(int count, int percent) => count * percent / 100;

    private static async Task<(int Marked, int Person)> PlayAsync(ShopWorld world, int count)
    {
        var marked = world.Paid.Orders;
        var (late, person) = (Share(count, LatePercent), Share(count, PersonPercent));
        var first = int.MaxValue;
        for (var done = 0; done < count; done += Together)
        {
            var opened = await world.OpenAsync(Math.Min(Together, count - done));
            first = Math.Min(first, opened.Min(each => each.Session.Id));
            await UntilAsync(() => CountUnregistered(world, opened) == 0);
            for (var i = 0; i < opened.Count; i++)
                await PayAsync(world, opened[i].Order, opened[i].Session.PaymentSessionId, isLate: (done + i) * late / count != (done + i + 1) * late / count, isForPerson: (done + i) * person / count != (done + i + 1) * person / count);
        }

        await UntilAsync(() => CountOpen(world, first) == 0, () => world.Shop.RunTaskAsync(MionDefaults.PollTaskType));
        using var connection = world.Connect();
        return (world.Paid.Orders - marked, await connection.GetTable<MionPaymentSession>().CountAsync(session => session.Id >= first && session.StateId == (int)PaymentSessionState.NeedsPerson));
    }

    private static async Task PayAsync(ShopWorld world, Order order, string paymentSessionId, bool isLate, bool isForPerson)
    {
        if (isForPerson)
        {
            using var connection = world.Connect();
            await connection.GetTable<Order>().Where(row => row.Id == order.Id).Set(row => row.OrderTotal, order.OrderTotal + 1).UpdateAsync();
        }

        if (isLate)
        {
            world.Mion.Expire(paymentSessionId);
            world.Mion.PayLate(paymentSessionId);
        }
        else
        {
            world.Mion.PayByLightning(paymentSessionId);
        }
    }

    private static int CountUnregistered(ShopWorld world, IReadOnlyList<(Order Order, MionPaymentSession Session)> opened)
    {
        var ids = opened.Select(each => each.Session.Id).ToArray();
        using var connection = world.Connect();
        return connection.GetTable<MionPaymentSession>().Count(session => ids.Contains(session.Id) && session.WebhookOnUtc == null);
    }

    private static int CountOpen(ShopWorld world, int first)
    {
        using var connection = world.Connect();
        return connection.GetTable<MionPaymentSession>().Count(session => session.Id >= first && (session.StateId == (int)PaymentSessionState.Open || session.StateId == (int)PaymentSessionState.Expired));
    }

    private static async Task UntilAsync(Func<bool> condition, Func<Task>? work = null)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(20))
        {
            if (watch.Elapsed > _longest)
                throw new InvalidOperationException("The orders are not done with in " + _longest.ToString("g", CultureInfo.InvariantCulture) + ".");
            if (work is not null)
                await work();
        }
    }
}
