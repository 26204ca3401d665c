using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;

namespace Nop.Plugin.Payments.Mion.Benchmarks;

/// <summary>
/// Twenty tills with names and tips, each with its assistant's and its customer's screen: how often Mion is read while they wait, what that
/// costs, how soon both see a payment, and whether the close that all of them press at once adds it all up. Callbacks are off, so that only
/// the screens' own looks count.
/// </summary>
public sealed partial class TillLoad : IAsyncDisposable
{
    private const int Tills = 20;
    private const int Rounds = 10;
    private const int AmountCents = 12_50;

    // none, and the two that are offered; the till's number says which its customers choose
    private static readonly int[] _tips = [0, 10, 20];
    private static readonly TimeSpan _payWithin = TimeSpan.FromSeconds(2);

    private readonly MionStandIn _mion;
    private readonly DemoShop _shop;
    private readonly TextWriter _out;
    private readonly List<(Shopper Assistant, Shopper Customer, string Screen)> _counters = [];

    private TillLoad(MionStandIn mion, DemoShop shop, TextWriter output) => (_mion, _shop, _out) = (mion, shop, output);

    /// <summary>Measures, and prints what was measured.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="minutes">For how long the tills wait.</param>
    /// <param name="stopping">Ends it.</param>
    /// <returns>Whether the till keeps what it promises.</returns>
    public static async Task<bool> RunAsync(TextWriter output, int minutes, CancellationToken stopping)
    {
        await using var mion = await MionStandIn.StartAsync(new MionStandInOptions(), stopping);
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions
        {
            Settings = new Dictionary<string, string>(DemoSettings.For(mion.BaseAddress))
            {
                ["mionsettings.webhooksenabled"] = bool.FalseString,
                ["miontillsettings.tippercent1"] = _tips[1].ToString(CultureInfo.InvariantCulture),
                ["miontillsettings.tippercent2"] = _tips[2].ToString(CultureInfo.InvariantCulture),
                // the charges of the wait stay payable until its end
                ["miontillsettings.lifetimeminutes"] = (minutes + 10).ToString(CultureInfo.InvariantCulture)
            }
        }, stopping);
        await using var load = new TillLoad(mion, shop, output);
        await load.OpenAsync(stopping);
        var isCalm = await load.WaitAsync(TimeSpan.FromMinutes(minutes), stopping);
        var isQuick = await load.PayAsync(stopping);
        var isRight = await load.CloseAsync(stopping);
        return isCalm && isQuick && isRight;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        foreach (var (assistant, customer, _) in _counters)
        {
            assistant.Dispose();
            customer.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task OpenAsync(CancellationToken stopping)
    {
        for (var till = 0; till < Tills; till++)
        {
            var assistant = new Shopper(_shop.BaseAddress);
            using (await assistant.SubmitAsync("/Admin/Login", "/Admin/Login/Assistant", cancellationToken: stopping))
            using (await assistant.SubmitAsync("/Admin/Mion/Till", "/Admin/Mion/Till/Name", Fields(("name", NameOf(till))), stopping))
            {
                var start = (await assistant.OpenAsync("/Admin/Mion/Till", stopping)).Html;
                _counters.Add((assistant, new Shopper(_shop.BaseAddress), ScreenUrl().Match(start).Groups[1].Value));
            }
        }
    }

    /// <summary>Charges at every till, and opens its two screens.</summary>
    private async Task<List<(string Id, TillWindow Assistant, TillWindow Customer)>> ChargeAsync(CancellationToken stopping)
    {
        var charges = new List<(string, TillWindow, TillWindow)>();
        for (var till = 0; till < Tills; till++)
        {
            var (assistant, customer, screen) = _counters[till];
            var key = ChargeKey().Match((await assistant.OpenAsync("/Admin/Mion/Till", stopping)).Html).Groups[1].Value;
            using var charged = await assistant.SubmitAsync("/Admin/Mion/Till", "/Admin/Mion/Till/ChargeAmount",
                Fields(("ChargeKey", key), ("Amount", "12.50"), ("StoreId", "1")), stopping);
            var page = await ChooseTipAsync(till, await assistant.FollowAsync(charged, stopping), stopping);
            charges.Add((_mion.Sessions[^1].PaymentSessionId,
                new TillWindow(assistant, TillWindow.StatusUrlOf(page.Html)),
                new TillWindow(customer, TillWindow.StatusUrlOf((await customer.OpenAsync(screen, stopping)).Html))));
        }

        return charges;
    }

    /// <summary>At every other till the assistant presses, at the others the customer.</summary>
    private async Task<ShopperPage> ChooseTipAsync(int till, ShopperPage asked, CancellationToken stopping)
    {
        var (assistant, customer, screen) = _counters[till];
        var percent = TipOf(till).ToString(CultureInfo.InvariantCulture);
        var id = TipAction().Match(asked.Html).Groups[1].Value;
        if (till % 2 == 0)
        {
            using var chosen = await assistant.SubmitAsync($"/Admin/Mion/Till/Charge/{id}", $"/Admin/Mion/Till/Tip/{id}", Fields(("percent", percent)), stopping);
            return await assistant.FollowAsync(chosen, stopping);
        }

        using var pressed = await customer.Client.PostAsync($"{screen}/tip?percent={percent}", content: null, stopping);
        pressed.EnsureSuccessStatusCode();
        return await assistant.OpenAsync($"/Admin/Mion/Till/Charge/{id}", stopping);
    }

    /// <summary>All tills close the day at once: one close, with every payment and every tip.</summary>
    private async Task<bool> CloseAsync(CancellationToken stopping)
    {
        var watch = Stopwatch.StartNew();
        var closes = await Task.WhenAll(_counters.Select(async counter =>
        {
            using var closed = await counter.Assistant.SubmitAsync("/Admin/Mion/TillDay", "/Admin/Mion/TillDay/Close", Fields(("storeId", "1"), ("number", "1")), stopping);
            return closed.Headers.Location?.ToString() ?? string.Empty;
        }));
        var seconds = watch.Elapsed.TotalSeconds;
        var report = WebUtility.HtmlDecode((await _counters[0].Assistant.OpenAsync(closes[0], stopping)).Html);
        var tips = Enumerable.Range(0, Tills).Sum(till => Rounds * AmountCents * TipOf(till) / 100);
        var expected = Enumerable.Range(0, Tills).Select(till => Line(NameOf(till), Rounds, Euro(Rounds * AmountCents)))
            .Append($"id=\"mion-received\">{Euro(Tills * Rounds * AmountCents)}<")
            .Append($"id=\"mion-tips\">{Euro(tips)}<");
        var missing = expected.Where(text => !report.Contains(text, StringComparison.Ordinal)).ToList();
        await _out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{Tills} tills close at once: {closes.Distinct().Count()} close in {seconds:0.0} s, {Euro(Tills * Rounds * AmountCents)} received and {Euro(tips)} tips expected, {missing.Count} of {Tills + 2} lines missing"));
        return closes.Distinct().Count() == 1 && missing.Count == 0;

        static string Line(string name, int count, string amount) => $"<th scope=\"row\">{name}</th><td>{count}</td><td>{amount}</td>";

        static string Euro(int cents) => string.Create(CultureInfo.InvariantCulture, $"€{cents / 100m:#,##0.00}");
    }

    private static string NameOf(int till) => string.Create(CultureInfo.InvariantCulture, $"Till {till + 1}");

    private static int TipOf(int till) => _tips[till % _tips.Length];

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);

    private async Task<bool> WaitAsync(TimeSpan time, CancellationToken stopping)
    {
        var charges = await ChargeAsync(stopping);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = Watch(charges, ending.Token);
        var watch = Stopwatch.StartNew();
        var (reads, most, seconds, lowest) = (_mion.Calls(MionOperations.GetStatus), 0, 0, Memory());
        var first = (Reads: reads, Memory: lowest);
        await _out.WriteLineAsync($"{Tills} tills wait, two screens each; memory {lowest:0.0} MB");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (watch.Elapsed < time && await timer.WaitForNextTickAsync(stopping))
        {
            var now = _mion.Calls(MionOperations.GetStatus);
            (most, reads) = (Math.Max(most, now - reads), now);
            if (++seconds % 60 == 0)
                await _out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"minute {seconds / 60}: {(now - first.Reads) / watch.Elapsed.TotalSeconds:0.00} reads a second on average, memory {Memory():0.0} MB, of the process {Environment.WorkingSet / 1048576.0:0} MB"));
        }

        var average = (_mion.Calls(MionOperations.GetStatus) - first.Reads) / watch.Elapsed.TotalSeconds;
        await ending.CancelAsync();
        await watching;
        var looks = charges.Sum(charge => charge.Assistant.Looks + charge.Customer.Looks);
        var failures = charges.Sum(charge => charge.Assistant.Failures + charge.Customer.Failures);
        await _out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{looks} looks, {failures} failed; {average:0.00} reads a second at Mion on average, {most} in the busiest second; {_mion.Sessions.Sum(session => session.Attempts.Count)} codes; memory {first.Memory:0.0} MB before, {Memory():0.0} MB after"));
        return failures == 0 && average <= Tills;
    }

    private async Task<bool> PayAsync(CancellationToken stopping)
    {
        var delays = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var charges = await ChargeAsync(stopping);
            var watching = Watch(charges, stopping);
            var paid = await Task.WhenAll(charges.Select(async charge =>
            {
                await Task.Delay(_payWithin * Random.Shared.NextDouble(), stopping);
                _mion.PayByLightning(charge.Id);
                return Stopwatch.GetTimestamp();
            }));
            await watching;
            delays.AddRange(charges.Zip(paid).SelectMany(pair => new[] { pair.First.Assistant, pair.First.Customer }
                .Select(window => Stopwatch.GetElapsedTime(pair.Second, window.PaidAt).TotalMilliseconds)));
        }

        delays.Sort();
        double At(double share) => delays[(int)Math.Ceiling(share * delays.Count) - 1];
        await _out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"from payment to 'paid' on {delays.Count} screens: median {At(0.5):0} ms, 95th percentile {At(0.95):0} ms, worst {delays[^1]:0} ms"));
        return At(0.95) < 1500;
    }

    private static Task Watch(IEnumerable<(string Id, TillWindow Assistant, TillWindow Customer)> charges, CancellationToken stopping) =>
        Task.WhenAll(charges.SelectMany(charge => new[] { charge.Assistant, charge.Customer }).Select(async window =>
        {
            try
            {
                // nobody opens twenty pages at the same moment
                await Task.Delay(Random.Shared.Next(1000), stopping);
                await window.WatchAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // the wait is over
            }
        }));

    private static double Memory() => GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;

    [GeneratedRegex("id=\"mion-screen-link\" href=\"([^\"]+)\"")]
    private static partial Regex ScreenUrl();

    [GeneratedRegex("action=\"[^\"]*/Till/Tip/([0-9]+)\"")]
    private static partial Regex TipAction();

    [GeneratedRegex("name=\"ChargeKey\" value=\"([0-9a-f]+)\"")]
    private static partial Regex ChargeKey();
}
