using System.Diagnostics;
using System.Runtime.InteropServices;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

IMeasurement[] all =
[
    new CheckoutMeasurement(), new PagesMeasurement(), new PollMeasurement(), new DueTimeMeasurement(), new SizeMeasurement(), new FiguresMeasurement(), new WebhookMeasurement(), new BaselineMeasurement(), new PaidToMarkedMeasurement(), new DayMeasurement(), new PureMeasurement()
];

var names = new List<string>();
var (quick, document) = (false, (string?)null);
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--quick")
        quick = true;
    else if (args[i] == "--update" && i + 1 < args.Length)
        document = args[++i];
    else if (all.Any(measurement => measurement.Name == args[i]))
        names.Add(args[i]);
    else
    {
        Console.Error.WriteLine($"Usage: [--quick] [--update <document>] [{string.Join("] [", all.Select(measurement => measurement.Name))}]");
        Console.Error.WriteLine("Without a name everything is measured. --quick shows that it runs; its numbers are worth nothing and not written into a document.");
        return 2;
    }
}

if (quick && document is not null)
{
    Console.Error.WriteLine("The numbers of a quick run are worth nothing: not with --update.");
    return 2;
}

#if DEBUG
if (!quick)
{
    Console.Error.WriteLine("Measure with -c Release.");
    return 2;
}
#endif

try
{
    await MeasureAsync();
    return 0;
}
catch (Exception exception)
{
    // an exception that nobody catches ends the process at once, and the database server would go on
    Console.Error.WriteLine(exception);
    return 1;
}

async Task MeasureAsync()
{
    var (watch, load) = (Stopwatch.StartNew(), Machine.Load());
    var text = document is null ? null : await File.ReadAllTextAsync(document);
    using (var bench = new Bench(quick))
    using (PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop(bench)))
    using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop(bench)))
    {
        foreach (var measurement in all.Where(each => names.Count == 0 || names.Contains(each.Name)))
        {
            Bench.Say($"{measurement.Title} …");
            var part = Report.Write(await measurement.RunAsync(bench));
            Console.WriteLine($"## {measurement.Title}\n\n{part}");
            if (text is not null)
                text = Report.Update(text, measurement.Name, part);
        }
    }

    var machine = Machine.Describe(load);
    Console.WriteLine(machine);
    if (document is not null)
        await File.WriteAllTextAsync(document, Report.Update(text!, Report.MachineMarker, machine));
    Bench.Say($"Done in {Text.Milliseconds(watch.Elapsed.TotalMilliseconds)}.");
}

static void Stop(Bench bench)
{
    bench.Dispose();
    Environment.Exit(1);
}
