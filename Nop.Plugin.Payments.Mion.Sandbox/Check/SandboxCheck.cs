using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;

namespace Nop.Plugin.Payments.Mion.Sandbox.Check;

/// <summary>
/// Orders paid in every way there is, over HTTP and by the built plugin, in a shop and with a stand-in of their own.
/// </summary>
public sealed partial class SandboxCheck
{
    private const string WebhooksEnabled = "mionsettings.webhooksenabled";
    private const int ShippedProduct = 1;
    private const int PlainProduct = 4;
    private static readonly TimeSpan _timeLimit = TimeSpan.FromSeconds(60);

    private readonly SkippingClock _clock;
    private readonly DemoShop _shop;
    private readonly MionStandIn _mion;

    private SandboxCheck(SkippingClock clock, DemoShop shop, MionStandIn mion)
    {
        _clock = clock;
        _shop = shop;
        _mion = mion;
    }

    /// <summary>Runs the check.</summary>
    /// <param name="output">Takes a line for each way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether every order ended as it should, and nothing was written to the shop's log.</returns>
    public static async Task<bool> RunAsync(TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var clock = new SkippingClock();
        await using var mion = await MionStandIn.StartAsync(new MionStandInOptions { TimeProvider = clock }, cancellationToken);
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions
        {
            TimeProvider = clock,
            RunScheduledTasks = true,
            ConfigureServices = ServedFigures.Serve,
            Settings = DemoSettings.For(mion.BaseAddress)
        }, cancellationToken);
        var check = new SandboxCheck(clock, shop, mion);

        var passed = await check.RunAsync(output, "return", "the shopper pays and comes back; no webhook", check.ReturnAsync, cancellationToken);
        passed &= await check.RunAsync(output, "webhook", "the shopper pays and is gone", check.WebhookAsync, cancellationToken);
        passed &= await check.RunAsync(output, "poll", "the shopper pays and is gone; no webhook", check.PollAsync, cancellationToken);
        passed &= await check.RunAsync(output, "pay again", "the first session expires, the second is paid", check.PayAgainAsync, cancellationToken);
        passed &= await check.AreFiguresRightAsync(output, cancellationToken);
        return passed & await check.IsLogCleanAsync(output);
    }

    private async Task<bool> RunAsync(TextWriter output, string name, string story, Func<CancellationToken, Task<Order>> way, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(_timeLimit);
            var order = await way(limit.Token);
            var reports = _shop.PaidOrders.Count(id => id == order.Id);
            if (reports != 1)
                throw new InvalidOperationException($"order {order.Id} was reported as paid {reports} times");
            await output.WriteLineAsync(FormattableString.Invariant($"ok      {name,-10} order {order.Id} is paid, {order.OrderTotal:0.00} EUR: {story} ({watch.Elapsed.TotalSeconds:0.0} s)"));
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = exception is OperationCanceledException ? $"not done within {_timeLimit.TotalSeconds:0} s" : exception.Message;
            await output.WriteLineAsync($"FAILED  {name,-10} {reason}");
            return false;
        }
    }

    /// <summary>Whether what an operator collects counts each order that was paid.</summary>
    private async Task<bool> AreFiguresRightAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var figures = await http.GetStringAsync(new Uri(_shop.BaseAddress, ServedFigures.Path), cancellationToken);
        // mion_session_settlements_total{…,mion_outcome="paid"} 1 1790000000000
        var settled = PaidFigure().Matches(figures).Sum(figure => int.Parse(figure.Groups["count"].Value, CultureInfo.InvariantCulture));
        var isRight = settled == _shop.PaidOrders.Count;
        await output.WriteLineAsync($"{(isRight ? "ok     " : "FAILED ")} {"figures",-10} {ServedFigures.Path} counts {settled} payments, {_shop.PaidOrders.Count} orders were paid");
        return isRight;
    }

    [GeneratedRegex("""^mion_session_settlements[a-z_]*\{[^}]*mion_outcome="paid"[^}]*\} (?<count>\d+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PaidFigure();

    private async Task<Order> ReturnAsync(CancellationToken cancellationToken)
    {
        await _shop.SetSettingAsync(WebhooksEnabled, "False");
        using var shopper = new Shopper(_shop.BaseAddress);
        var checkout = await shopper.BuyAsync(ShippedProduct, cancellationToken);
        var order = await NewestAsync(PaymentStatus.Pending);
        var paid = await shopper.PressAsync($"{checkout}/pay-lightning", cancellationToken);
        Expect((await GetAsync(order)).PaymentStatus == PaymentStatus.Pending, "the order was paid before the shopper came back");
        var end = await shopper.OpenAsync(paid.LinkOf("back"), cancellationToken);
        Expect(end.Address.AbsolutePath == $"/checkout/completed/{order.Id}", $"the shopper ended at {end.Address.AbsolutePath}");
        return await PaidAsync(order, cancellationToken);
    }

    private async Task<Order> WebhookAsync(CancellationToken cancellationToken)
    {
        await _shop.SetSettingAsync(WebhooksEnabled, "True");
        var (order, checkout) = await BuyAndLeaveAsync(PlainProduct, cancellationToken);
        await UntilAsync(() => Task.FromResult(_mion.Calls(MionOperations.RegisterWebhook) > 0), cancellationToken);
        await PayAsync(checkout, cancellationToken);
        return await PaidAsync(order, cancellationToken);
    }

    private async Task<Order> PollAsync(CancellationToken cancellationToken)
    {
        await _shop.SetSettingAsync(WebhooksEnabled, "False");
        var (order, checkout) = await BuyAndLeaveAsync(ShippedProduct, cancellationToken);
        await PayAsync(checkout, cancellationToken);
        Expect((await GetAsync(order)).PaymentStatus == PaymentStatus.Pending, "the order was paid before the task ran");
        _clock.Skip(TimeSpan.FromMinutes(3));
        return await PaidAsync(order, cancellationToken);
    }

    private async Task<Order> PayAgainAsync(CancellationToken cancellationToken)
    {
        // with webhooks the return may find the payment being brought to the order, and then leads to the payment page
        await _shop.SetSettingAsync(WebhooksEnabled, "False");
        using var shopper = new Shopper(_shop.BaseAddress);
        var first = await shopper.BuyAsync(PlainProduct, cancellationToken);
        var order = await NewestAsync(PaymentStatus.Pending);
        var expired = await shopper.PressAsync($"{first}/expire", cancellationToken);
        var payment = await shopper.OpenAsync(expired.LinkOf("back"), cancellationToken);
        Expect(payment.Html.Contains("data-state=\"Expired\"", StringComparison.Ordinal), $"{payment.Address.AbsolutePath} does not say that the payment expired");
        var second = await shopper.PressAsync($"{payment.Address}/retry", cancellationToken);
        Expect(second.Address.Authority == _mion.BaseAddress.Authority && second.Address != first, "paying again did not lead to a new session");
        var paid = await shopper.PressAsync($"{second.Address}/pay-lightning", cancellationToken);
        var end = await shopper.OpenAsync(paid.LinkOf("back"), cancellationToken);
        Expect(end.Address.AbsolutePath == $"/checkout/completed/{order.Id}", $"the shopper ended at {end.Address.AbsolutePath}");
        return await PaidAsync(order, cancellationToken);
    }

    private async Task<(Order Order, Uri Checkout)> BuyAndLeaveAsync(int productId, CancellationToken cancellationToken)
    {
        using var shopper = new Shopper(_shop.BaseAddress);
        var checkout = await shopper.BuyAsync(productId, cancellationToken);
        return (await NewestAsync(PaymentStatus.Pending), checkout);
    }

    private static async Task PayAsync(Uri checkout, CancellationToken cancellationToken)
    {
        using var wallet = new Shopper(checkout);
        await wallet.PressAsync($"{checkout}/pay-lightning", cancellationToken);
    }

    private async Task<Order> NewestAsync(PaymentStatus expected)
    {
        var order = await _shop.InScopeAsync(services => services.GetRequiredService<IRepository<Order>>().Table.OrderByDescending(order => order.Id).FirstOrDefaultAsync())
            ?? throw new InvalidOperationException("no order was placed");
        Expect(order.PaymentStatus == expected, $"the new order's payment is {order.PaymentStatus}");
        return order;
    }

    private Task<Order> GetAsync(Order order) => _shop.GetOrderAsync(order.Id);

    private async Task<Order> PaidAsync(Order order, CancellationToken cancellationToken)
    {
        await UntilAsync(async () => (await GetAsync(order)).PaymentStatus == PaymentStatus.Paid && _shop.PaidOrders.Contains(order.Id), cancellationToken);
        return await GetAsync(order);
    }

    private async Task<bool> IsLogCleanAsync(TextWriter output)
    {
        var worries = (await _shop.GetLogAsync()).Where(line => line.LogLevelId >= (int)LogLevel.Warning).ToList();
        foreach (var line in worries)
            await output.WriteLineAsync($"FAILED  log        {(LogLevel)line.LogLevelId}: {line.ShortMessage}");
        if (_mion.DuplicateReferences > 0)
            await output.WriteLineAsync($"FAILED  references {_mion.DuplicateReferences} were used twice");
        return worries.Count == 0 && _mion.DuplicateReferences == 0;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(25), cancellationToken);
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
