using System.Collections.Concurrent;
using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>One scenario, played: what is broken is mended at the end, and time goes by until everything is settled.</summary>
internal sealed class ScenarioRun(SoakWorld world, Scenario scenario)
{
    private const string OtherMethod = "Payments.CheckMoneyOrder";
    private static readonly TimeSpan[] _waits =
        [TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(61)];

    private const int HoursForOpen = 9;
    private const int HoursForAll = 27;

    private readonly List<Order> _orders = [];
    private readonly List<decimal> _totals = [];
    private readonly List<string> _violations = [];
    private readonly OfferCheck _offers = new(world);
    private readonly List<string> _charges = [];
    private readonly MerchantActs _merchant = new(world);
    private readonly ConcurrentQueue<(int OrderId, string Charge, int RowId)> _answered = new();
    private SoakMark _begin = null!;

    /// <summary>Called before each round, with its number.</summary>
    public Action<int>? BeforeRound { get; init; }

    /// <summary>Plays the scenario and says which promises were broken.</summary>
    public async Task<IReadOnlyList<string>> PlayAsync(CancellationToken cancellationToken)
    {
        _begin = await world.BeginScenarioAsync(TimeSpan.FromSeconds(scenario.Skew), TimeSpan.FromSeconds(scenario.MachineSkew));
        var reports = world.PaidOrders.ToLookup(id => id);
        for (var order = 0; order < scenario.Orders; order++)
        {
            // some orders are placed with another method and paid with bitcoin at the till
            var method = (scenario.Seed + order) % 7 == 0 ? OtherMethod : SoakWorld.MionMethod;
            // some totals have more decimals than a database keeps
            _totals.Add(10m + order + scenario.Seed % 97 / 100m + (scenario.Seed % 3 == 0 ? 0.00495m : 0m));
            _orders.Add(await world.PlaceOrderAsync(_totals[order], method));
            _charges.Add(Guid.NewGuid().ToString("N"));
        }

        for (var round = 0; round < scenario.Rounds.Count; round++)
        {
            var steps = scenario.Rounds[round];
            cancellationToken.ThrowIfCancellationRequested();
            if (BeforeRound is not null)
            {
                await world.Faults.QuietAsync(cancellationToken);
                BeforeRound(round);
            }

            await Task.WhenAll(steps.Select(PlayAsync));
            if (world.Faults.IsAnyAsleep)
                await world.WakeSleepersAsync(cancellationToken);
            await LookAtAnsweredAsync(cancellationToken);
            await WaitAsync(steps, cancellationToken);
            foreach (var step in steps.Where(step => step.Act == Act.BreakApiForDays))
                await PlayDaysAsync(step.Value, cancellationToken);
        }

        await SettleAsync(cancellationToken);
        var check = new PromiseCheck(world, [.. world.PaidOrders.Where(id => !reports.Contains(id))], _begin, await world.GetMailsAsync(_begin));
        foreach (var order in _orders)
        {
            await _offers.LookAsync(order.Id, async () => await LookAtPageAsync(order.Id));
            await check.OrderAsync(order.Id, _merchant);
        }

        foreach (var charge in _charges)
            await check.ChargeAsync(charge);
        check.Mails();
        await check.LogAsync();
        await ForgetAsync();
        return [.. _violations, .. _offers.Violations, .. check.Violations];
    }

    private async Task PlayAsync(Step step)
    {
        var order = _orders[step.Order];
        IReadOnlyList<SessionRow> rows = [.. await world.GetSessionsAsync(order.Id), .. await world.GetChargeAsync(_charges[step.Order])];
        var row = rows.Count == 0 ? null : rows[step.Value % rows.Count];
        world.Count($"Act{step.Act}");
        switch (step.Act)
        {
            case Act.Open when order.PaymentMethodSystemName == SoakWorld.MionMethod:
                await _offers.LookAsync(order.Id, () => world.OpenAsync(step.Value, order.Id, _totals[step.Order]));
                break;
            case Act.Retry when row is { IsTill: false }:
                await _offers.LookAsync(order.Id, () => world.PostAsync(step.Value, $"mion/payment/{row.Token}/retry", []));
                break;
            case Act.Return when row is not null:
                await world.GetAsync(step.Value, $"mion/return/{row.Token}");
                break;
            case Act.AskForNews when row is not null:
                await _offers.LookAsync(order.Id, () => world.GetAsync(step.Value, step.Value % 5 == 0 ? $"mion/payment/{row.Id}/{row.Token}" : $"mion/payment/{row.Token}/status"));
                break;
            case Act.CallWithNonsense when row is not null:
                await CallAsync(step, row, InputFuzz.Nonsense(step.Value), saysPaid: false);
                break;
            case Act.ForgeCall when row is not null:
                await CallAsync(step, row, InputFuzz.ForgedCall(row.PaymentSessionId), saysPaid: true);
                break;
            case Act.CallUnknown:
                await world.PostAsync(step.Value, $"mion/webhook/{Guid.NewGuid():N}", InputFuzz.Nonsense(step.Value));
                break;
            case Act.RunTask:
                await world.RunTaskAsync(step.Value);
                break;
            case Act.RunTaskTwice:
                await Task.WhenAll(world.RunTaskAsync(0), world.RunTaskAsync(1));
                break;
            case Act.BreakApi:
                world.Mion.Faults.Add(ScenarioFaults.Api(step.Value, await FindOtherAsync(order.Id)));
                break;
            case Act.Overtake:
                _merchant.Overtake(step, order);
                break;
            case Act.Purge:
                foreach (var over in rows.Where(candidate => world.Mion.Find(candidate.PaymentSessionId)?.Status == StandInStatus.Expired))
                    world.Mion.Forget(over.PaymentSessionId, isGone: step.Value % 2 == 0);
                break;
            case Act.BreakCallbacks:
                world.Mion.Faults.Add(ScenarioFaults.Callbacks(step.Value));
                break;
            case Act.BreakShop:
                var (kind, after, place) = ScenarioFaults.Shop(step.Value);
                world.Faults.Arm(kind, after, place);
                break;
            case Act.TillOrder:
                await world.AdminAsync(step.Value, (admin, token) => admin.ChargeOrderAsync(order.Id, token));
                break;
            case Act.TillAmount:
                await world.AdminAsync(step.Value, (admin, token) => admin.ChargeAmountAsync(5m + step.Order, _charges[step.Order], token));
                break;
            case Act.TillLook when row is { IsTill: true }:
                await world.AdminAsync(step.Value, (admin, token) => admin.LookAsync(row.Id, token));
                if (row.ScreenToken.Length > 0)
                    await world.GetAsync(step.Value, $"mion/till/{row.ScreenToken}/status");
                break;
            case Act.TillCancel when row is { IsTill: true }:
                await world.AdminAsync(step.Value, (admin, token) => admin.CancelAsync(row.Id, token));
                break;
            case Act.TakeBack when row is not null:
                // before: a worker can die when it has cancelled the order
                _merchant.Cancelled[order.Id] = true;
                if ((await world.TakeBackAsync(step.Value, row.Id)).Location.EndsWith("/cart", StringComparison.Ordinal))
                    world.Count("TakenBack");
                break;
            case Act.DeskCheck when row is not null:
                await world.AdminAsync(step.Value, (admin, token) => admin.CheckAsync(row.Id, token));
                break;
            case Act.DeskHandle when rows.FirstOrDefault(candidate => candidate.StateId == SessionRow.NeedsPerson) is { } waiting:
                await world.AdminAsync(step.Value, (admin, token) => admin.HandleAsync(waiting.Id, token));
                break;
            case Act.Wait or Act.BreakApiForDays:
                // at the end of the round
                break;
            default:
                if (MerchantActs.Are(step.Act))
                    await _merchant.DoAsync(step, order);
                else if (row is { IsAtMion: true })
                    ActAtMion(step.Act, row.PaymentSessionId);
                break;
        }
    }

    /// <summary>The page that a shopper of an order would look at.</summary>
    private async Task<SoakAnswer> LookAtPageAsync(int orderId) =>
        (await world.GetSessionsAsync(orderId)).LastOrDefault(row => !row.IsTill) is { } row ? await world.GetAsync(0, $"mion/payment/{row.Token}/status") : SoakAnswer.None;

    /// <summary>Mion's id of a payment of some other order.</summary>
    private async Task<string?> FindOtherAsync(int orderId) =>
        (await world.GetSessionsAsync($"\"OrderId\" <> {orderId} AND \"PaymentSessionId\" <> '' ORDER BY \"Id\" DESC")).FirstOrDefault()?.PaymentSessionId;

    /// <param name="saysPaid">One that does not is not to be believed about a payment of which the status knows nothing yet.</param>
    private async Task CallAsync(Step step, SessionRow row, byte[] body, bool saysPaid)
    {
        var wasPaid = row.IsAtMion && world.Mion.Find(row.PaymentSessionId)?.IsPaid == true;
        var blind = CountBlind();
        var status = (await world.PostAsync(step.Value, $"mion/webhook/{row.WebhookToken}", body)).Status;
        if (status == 200 && wasPaid && (saysPaid || blind == CountBlind()))
            _answered.Enqueue((row.OrderId, _charges[step.Order], row.Id));
    }

    /// <summary>
    /// A call that was answered 200 must mean that nobody need call again. Another machine may have been at it, so it
    /// counts what there is when nobody works any more.
    /// </summary>
    private async Task LookAtAnsweredAsync(CancellationToken cancellationToken)
    {
        if (_answered.IsEmpty)
            return;
        await world.Mion.CallbacksSettledAsync(cancellationToken);
        await world.Faults.QuietAsync(cancellationToken);
        while (_answered.TryDequeue(out var call))
        {
            var rows = call.OrderId > 0 ? await world.GetSessionsAsync(call.OrderId) : await world.GetChargeAsync(call.Charge);
            if (!world.WasHit && rows.First(now => now.Id == call.RowId) is { StateId: < SessionRow.Paid } left)
                world.UnexpectedAnswers.Enqueue($"a call about a paid session was answered 200, and nothing was done: {left}");
        }
    }

    private int CountBlind() => world.Mion.Faults.Injected.GetValueOrDefault(FaultKind.Lagging) + world.Mion.Faults.Injected.GetValueOrDefault(FaultKind.WithoutPaidAt);

    /// <summary>
    /// Mion cannot be read for so long that somebody must be told: within hours about what can be paid, within a day about
    /// everything; by one mail, since it is one cause.
    /// </summary>
    private async Task PlayDaysAsync(int value, CancellationToken cancellationToken)
    {
        var before = await world.BeginSilenceAsync();
        var hours = value % 4 == 0 ? HoursForAll : HoursForOpen;
        world.Mion.Faults.Clear();
        world.Mion.Faults.Add(ScenarioFaults.ForDays(value));
        for (var hour = 0; hour < hours; hour++)
        {
            await world.SkipAsync(TimeSpan.FromMinutes(61), cancellationToken);
            await world.RunTaskAsync(value + hour);
        }

        var waiting = await FindAsync(row => row is { IsAtMion: true, NextCheckOnUtc: not null } && !world.Mion.IsForgotten(row.PaymentSessionId)
            && (row.StateId == SessionRow.Open || row.StateId == SessionRow.Expired && hours == HoursForAll));
        _violations.AddRange(await world.FindUntoldSilenceAsync(before, waiting));
        world.Mion.Faults.Clear();
        world.Count(hours == HoursForAll ? "DaysOfSilence" : "HoursOfSilence");
    }

    /// <summary>Lets time go by between the rounds, never in the middle of somebody's work but a sleeper's.</summary>
    private async Task WaitAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMinutes(steps.Where(step => step.Act == Act.Wait).Sum(step => step.Value % 90));
        if (wait == TimeSpan.Zero)
            return;
        await world.SkipAsync(wait, cancellationToken);
    }

    private StandInSession PayAndRefund(string paymentSessionId)
    {
        world.Mion.PayByLightning(paymentSessionId);
        return world.Mion.Refund(paymentSessionId);
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
                Act.PayAndRefund => PayAndRefund(paymentSessionId),
                Act.Process => world.Mion.Advance(paymentSessionId),
                Act.CallAgain => world.Mion.CallWebhooks(paymentSessionId),
                _ => null
            };
            if (act is Act.Forget or Act.Remember)
                world.Mion.Forget(paymentSessionId, act == Act.Forget);
            world.Count($"Mion{act}");
        }
        catch (InvalidOperationException)
        {
            // the session's state does not allow it: nobody can do that at Mion either
        }
    }

    /// <summary>Mends what is broken and lets time go by: claims lapse, back-offs end, callbacks are sent or given up.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        world.Mion.Faults.Clear();
        await world.Faults.QuietAsync(cancellationToken);
        world.Faults.Disarm();
        foreach (var wait in _waits)
        {
            await world.SkipAsync(wait, cancellationToken);
            await world.RunTaskAsync();
        }

        // a session that Mion goes on not knowing is handed over after hours and many tries
        for (var hours = 0; hours < 12 && await HasForgottenAsync(); hours++)
        {
            await world.SkipAsync(TimeSpan.FromMinutes(61), cancellationToken);
            await world.RunTaskAsync();
        }

        // and one that was seen and does not become complete is told of hours after its end
        for (var times = 0; times < 8 && await HasAsync(row => row is { IsSeen: true, PersonToldOf: null } || IsToBeFound(row)); times++)
        {
            await world.SkipAsync(TimeSpan.FromHours(8), cancellationToken);
            await world.RunTaskAsync();
        }

        await world.Mion.CallbacksSettledAsync(cancellationToken);
    }

    private Task<bool> HasForgottenAsync() => HasAsync(row =>
        row.IsAtMion && world.Mion.IsForgotten(row.PaymentSessionId) && row.StateId is not (SessionRow.Paid or SessionRow.NeedsPerson or SessionRow.Handled));

    /// <summary>What a look hours or a day later finds: a session whose answer was lost, a late payment, a refund, an order that was set back.</summary>
    private bool IsToBeFound(SessionRow row) => !row.IsAtMion ? world.Mion.Sessions.Any(session => session.Reference == row.Reference) : row.StateId is SessionRow.Paid or SessionRow.NeedsPerson && _merchant.SetBack.ContainsKey(row.OrderId)
            || world.Mion.Find(row.PaymentSessionId) is { } session && !world.Mion.IsForgotten(row.PaymentSessionId)
                && (session.IsPaid && row.StateId < SessionRow.Paid || row.StateId == SessionRow.Paid && session.RefundSessionIds.Count > row.Refunds);

    private async Task<bool> HasAsync(Func<SessionRow, bool> isOne) => (await FindAsync(isOne)).Count > 0;

    private async Task<IReadOnlyList<SessionRow>> FindAsync(Func<SessionRow, bool> isOne)
    {
        var found = new List<SessionRow>();
        foreach (var (order, charge) in _orders.Zip(_charges))
            found.AddRange((await world.GetSessionsAsync(order.Id)).Concat(await world.GetChargeAsync(charge)).Where(isOne));
        return found;
    }

    /// <summary>The sessions of this scenario are nobody's business any more: the next one's time is its own.</summary>
    private Task ForgetAsync() => world.ExecuteAsync("""UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = NULL""");
}
