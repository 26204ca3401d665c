using System.Diagnostics;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What a page of checkout costs more because the method is offered on it.</summary>
internal sealed class PagesMeasurement : IMeasurement
{
    private const string Page = "/checkout/paymentmethod";
    private const double MostTime = 1.01;

    public string Name => "pages";

    public string Title => "Pages of checkout";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var count = bench.Scale(2000);
        await using var with = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        await using var without = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        // a shop that has the plugin and does not offer it
        await without.Shop.SetSettingAsync("paymentsettings.activepaymentmethodsystemnames", string.Empty);
        using var offered = new Shopper(with.Shop.BaseAddress);
        using var plain = new Shopper(without.Shop.BaseAddress);
        await offered.AddToCartAsync(2);
        await plain.AddToCartAsync(2);
        for (var i = 0; i < count / 10; i++)
        {
            await TimeAsync(offered);
            await TimeAsync(plain);
        }

        var (slower, faster) = (new Samples(), new Samples());
        var (statementsWith, statementsWithout) = (with.Statements.Count, without.Statements.Count);
        for (var i = 0; i < count; i++)
        {
            slower.Add(await TimeAsync(offered));
            faster.Add(await TimeAsync(plain));
        }

        var more = (double)(with.Statements.Count - statementsWith - (without.Statements.Count - statementsWithout)) / count;
        var ratio = slower.Median / faster.Median;
        return new Findings(
        [
            Finding.Of("The page where a payment method is chosen, with the method offered beside without it, median", Text.Of($"≤ {MostTime:0.00} ×"),
                Text.Of($"{ratio:0.000} × ({Text.Milliseconds(slower.Median)} and {Text.Milliseconds(faster.Median)})"), ratio <= MostTime),
            Finding.Of("Database statements more for it, with the settings cached", "0", Text.Of($"{more:0.0}"), more == 0)
        ], Text.Of($"""
            PostgreSQL. Two shops in one process, of which one offers the method and the other has it switched off; {Text.Count(count)} looks each, in turn. The demo shop's page is small, and with the method it has the method's own
            lines to write and to send: in a store's page the same time is a smaller share.
            """));
    }

    private static async Task<TimeSpan> TimeAsync(Shopper shopper)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var answer = await shopper.Client.GetAsync(Page);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(startedAt);
    }
}
