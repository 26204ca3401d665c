using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The desk of a shop that has sold for years: no request runs long, and the memory stays what it is.</summary>
[TestFixture]
[Category("Slow")]
[NonParallelizable]
public sealed class ManyPaymentsTests : ShopFixture
{
    private const int Sessions = 10_000;

    [Test]
    public async Task Ten_thousand_payments_are_examined_in_short_steps_and_another_browser_goes_on_where_one_left()
    {
        var (_, open) = await BuyWithSessionAsync();
        var (_, unknown) = await BuyWithSessionAsync();
        Mion.PayByLightning(unknown.PaymentSessionId);
        await PollWhenDueAsync();
        // found last: it is the oldest of them but one
        await ManyPayments.CopyAsync(Shop, open, Sessions - 2);
        var (longest, steps, watch) = (TimeSpan.Zero, 0, Stopwatch.StartNew());
        var admin = await AdminAsync();
        long heap = 0;

        JObject step;
        do
        {
            // left in the middle for good: nothing of it is in the browser
            if (steps == 100)
                admin = await AdminAsync();
            var before = watch.Elapsed;
            step = await ExamineAsync(admin, restart: steps == 0);
            longest = watch.Elapsed - before > longest ? watch.Elapsed - before : longest;
            if (++steps == 50)
                heap = GC.GetTotalMemory(forceFullCollection: true);
            if (steps == 30)
                Mion.PayByLightning(open.PaymentSessionId);
            Assert.That(steps, Is.LessThanOrEqualTo(Sessions / PaymentDoctor.BatchSize + 1), "it comes to an end");
        }
        while (!(bool)step["IsDone"]!);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - heap;
        await TestContext.Out.WriteLineAsync($"{steps} steps, {watch.Elapsed.TotalSeconds:0.0} s, the longest {longest.TotalMilliseconds:0} ms, heap {growth / 1024.0 / 1024:+0.0;-0.0} MB since step 50");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)step["Examined"]!, (int)step["Total"]!), Is.EqualTo((Sessions, Sessions)));
            Assert.That(longest, Is.LessThan(TimeSpan.FromSeconds(20)), "far from any time-out, on a busy machine too");
            Assert.That(growth, Is.LessThan(40_000_000));
            // 30 steps saw an open payment, the others one that Mion has and the order has not
            Assert.That(await InScopeAsync<ExaminationStore, int>(store => store.CountFindingsAsync()), Is.EqualTo(Sessions - 1 - 30 * PaymentDoctor.BatchSize));
        }
    }

    [Test]
    public async Task The_export_of_a_hundred_thousand_payments_needs_no_more_memory_than_that_of_a_few()
    {
        const int Rows = 100_000;
        var (_, session) = await BuyWithSessionAsync();
        await ManyPayments.CopyAsync(Shop, session, Rows - 1);
        using var output = new LineCounter();

        var watch = Stopwatch.StartNew();
        await Shop.InScopeAsync(async services =>
        {
            await services.GetRequiredService<PaymentExport>().WriteAsync(new PaymentSearch(), output);
            return true;
        });

        await TestContext.Out.WriteLineAsync($"{output.Lines} lines in {watch.Elapsed.TotalSeconds:0.0} s, at most {output.Peak / 1024.0 / 1024:0.0} MB of heap above the beginning");
        Assert.That(output.Lines, Is.EqualTo(Rows + 1));
        Assert.That(output.Peak, Is.LessThan(60_000_000), "all rows at a time would be some hundred MB");
    }

    private static async Task<JObject> ExamineAsync(ShopBrowser admin, bool restart)
    {
        using var answer = await admin.SendFormAsync("/Admin/MionDoctor/Examine", ("restart", restart ? "true" : "false"));
        return JObject.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Keeps nothing, counts lines, and looks now and then how large the heap is.</summary>
    private sealed class LineCounter : Stream
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private int _sinceLook;

        public int Lines { get; private set; }

        public long Peak { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Lines += buffer.AsSpan(offset, count).Count((byte)'\n');
            _sinceLook += count;
            if (_sinceLook < 2_000_000)
                return;
            _sinceLook = 0;
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }
    }
}
