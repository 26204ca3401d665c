namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>What somebody does, or what goes wrong.</summary>
public enum Act
{
    /// <summary>The shopper is sent to pay: at checkout, or by <em>Retry payment</em>.</summary>
    Open,

    /// <summary><em>Try again</em> on the payment page.</summary>
    Retry,

    /// <summary>The shopper comes back from Mion.</summary>
    Return,

    /// <summary>An open payment page asks for news.</summary>
    AskForNews,

    /// <summary>Pays over Lightning.</summary>
    PayByLightning,

    /// <summary>Pays on the blockchain; not confirmed yet.</summary>
    PayOnChain,

    /// <summary>The payment on the blockchain is confirmed.</summary>
    Confirm,

    /// <summary>Pays half.</summary>
    PayTooLittle,

    /// <summary>Pays after the session's end.</summary>
    PayLate,

    /// <summary>The session ends.</summary>
    Expire,

    /// <summary>Mion gives a payment back.</summary>
    RefundAtMion,

    /// <summary>Pays over Lightning, and Mion gives it back at once.</summary>
    PayAndRefund,

    /// <summary>Mion's own processing goes on.</summary>
    Process,

    /// <summary>Mion calls once more for the same state.</summary>
    CallAgain,

    /// <summary>Somebody who has the webhook's address calls it with nonsense.</summary>
    CallWithNonsense,

    /// <summary>Somebody who has the webhook's address announces a payment that there is not.</summary>
    ForgeCall,

    /// <summary>Somebody calls a webhook that there is not.</summary>
    CallUnknown,

    /// <summary>The scheduled task runs.</summary>
    RunTask,

    /// <summary>The scheduled task runs twice at a time.</summary>
    RunTaskTwice,

    /// <summary>The merchant changes the order's total.</summary>
    EditTotal,

    /// <summary>The merchant changes it back.</summary>
    EditTotalBack,

    /// <summary>The merchant, or the shopper, cancels the order.</summary>
    Cancel,

    /// <summary>The shopper takes the order back into the cart.</summary>
    TakeBack,

    /// <summary>The merchant deletes the order.</summary>
    Delete,

    /// <summary>The order is paid in another way.</summary>
    PayOtherwise,

    /// <summary>The merchant refunds a paid order.</summary>
    RefundOrder,

    /// <summary>The merchant refunds a part of a paid order.</summary>
    RefundPart,

    /// <summary>The order gets another payment method.</summary>
    ChangeMethod,

    /// <summary>Another writer saves an older copy of a paid order: it is pending again.</summary>
    SetBack,

    /// <summary>The order is edited, cancelled or paid otherwise between the plugin's reading and its marking.</summary>
    Overtake,

    /// <summary>The merchant presses <em>check now</em> on the desk.</summary>
    DeskCheck,

    /// <summary>The merchant marks a payment that waits for a person as handled.</summary>
    DeskHandle,

    /// <summary>The order is charged at the till.</summary>
    TillOrder,

    /// <summary>An amount without an order is charged at the till.</summary>
    TillAmount,

    /// <summary>The shop assistant's page asks for news of a charge, and so for the next invoice.</summary>
    TillLook,

    /// <summary>The shop assistant gives a charge up.</summary>
    TillCancel,

    /// <summary>Mion does not know a session any more.</summary>
    Forget,

    /// <summary>Mion knows it again.</summary>
    Remember,

    /// <summary>Mion deletes the sessions of an order that are over.</summary>
    Purge,

    /// <summary>Time goes by.</summary>
    Wait,

    /// <summary>Mion's API misbehaves.</summary>
    BreakApi,

    /// <summary>Mion's API cannot be read, for many hours.</summary>
    BreakApiForDays,

    /// <summary>Mion's callbacks misbehave.</summary>
    BreakCallbacks,

    /// <summary>The shop's database fails, or a worker dies or sleeps past its lease.</summary>
    BreakShop
}

/// <summary>One act.</summary>
/// <param name="Act">What.</param>
/// <param name="Order">Whose order.</param>
/// <param name="Value">Chooses among what the act can mean.</param>
public sealed record Step(Act Act, int Order, int Value);

/// <summary>
/// Everything that happens to a few orders: rounds, one after the other, whose steps happen at the same time.
/// </summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Skew">By how many seconds Mion's clock is ahead of the shop's.</param>
/// <param name="MachineSkew">By how many seconds the second machine's clock is ahead of the first one's.</param>
/// <param name="Rounds">What happens.</param>
public sealed record Scenario(int Seed, int Orders, int Skew, int MachineSkew, IReadOnlyList<IReadOnlyList<Step>> Rounds)
{
    private static readonly (Act Act, int Weight)[] _weights =
    [
        (Act.Open, 8), (Act.Retry, 6), (Act.Return, 10), (Act.AskForNews, 8), (Act.PayByLightning, 16), (Act.PayOnChain, 6), (Act.Confirm, 8),
        (Act.PayTooLittle, 2), (Act.PayLate, 5), (Act.Expire, 4), (Act.RefundAtMion, 2), (Act.PayAndRefund, 1), (Act.Process, 3), (Act.CallAgain, 7),
        (Act.CallWithNonsense, 2), (Act.ForgeCall, 8), (Act.CallUnknown, 1), (Act.RunTask, 7), (Act.RunTaskTwice, 4), (Act.EditTotal, 3),
        (Act.EditTotalBack, 2), (Act.Cancel, 1), (Act.TakeBack, 4), (Act.Delete, 1), (Act.PayOtherwise, 1), (Act.RefundOrder, 1), (Act.RefundPart, 1), (Act.ChangeMethod, 1), (Act.SetBack, 2), (Act.Overtake, 5),
        (Act.DeskCheck, 2), (Act.DeskHandle, 1), (Act.TillOrder, 3), (Act.TillAmount, 3), (Act.TillLook, 4), (Act.TillCancel, 2), (Act.Forget, 1),
        (Act.Remember, 1), (Act.Purge, 1), (Act.Wait, 5), (Act.BreakApi, 10), (Act.BreakApiForDays, 1), (Act.BreakCallbacks, 5), (Act.BreakShop, 9)
    ];

    private static readonly int _totalWeight = _weights.Sum(each => each.Weight);

    /// <summary>Makes the scenario of a seed; always the same one.</summary>
    /// <param name="seed">Any number.</param>
    public static Scenario Create(int seed)
    {
        var random = new Random(seed);
        var orders = 1 + random.Next(3);
        var skew = random.Next(4) switch { 0 => 0, 1 => random.Next(-600, 601), _ => random.Next(-5, 6) };
        var machineSkew = random.Next(4) switch { 0 => 0, 1 => random.Next(-360, 361), _ => random.Next(-5, 6) };
        var rounds = new List<IReadOnlyList<Step>>();
        // now and then something is broken from the start
        if (random.Next(3) == 0)
            rounds.Add([new Step(Act.BreakApi, 0, random.Next(1_000_000))]);
        rounds.Add([.. Enumerable.Range(0, orders).Select(order => new Step(Act.Open, order, random.Next(1_000_000)))]);
        for (var count = 4 + random.Next(10); count > 0; count--)
        {
            rounds.Add([.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => new Step(Choose(random), random.Next(orders), random.Next(1_000_000)))]);
        }

        return new Scenario(seed, orders, skew, machineSkew, rounds);
    }

    /// <summary>Smaller scenarios: without one of the rounds, or one of the steps.</summary>
    public IEnumerable<Scenario> Shrink()
    {
        for (var round = Rounds.Count - 1; round >= 0; round--)
        {
            var rounds = Rounds.ToList();
            rounds.RemoveAt(round);
            yield return this with { Rounds = rounds };
        }

        for (var round = 0; round < Rounds.Count; round++)
        {
            for (var step = 0; step < Rounds[round].Count && Rounds[round].Count > 1; step++)
            {
                var rounds = Rounds.ToList();
                rounds[round] = [.. Rounds[round].Where((_, other) => other != step)];
                yield return this with { Rounds = rounds };
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"seed {Seed} (again: --soak 1 --seed {Seed}), {Orders} order(s), Mion's clock {Skew:+0;-0;0} s, the second machine's {MachineSkew:+0;-0;0} s:{Environment.NewLine}" + string.Join(Environment.NewLine,
        Rounds.Select(steps => "  " + string.Join(" | ", steps.Select(step => $"{step.Act}({step.Order}, {step.Value})"))));

    private static Act Choose(Random random)
    {
        var at = random.Next(_totalWeight);
        foreach (var (act, weight) in _weights)
        {
            if ((at -= weight) < 0)
                return act;
        }

        return Act.RunTask;
    }
}
