using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What needs neither a database nor a network, by BenchmarkDotNet.</summary>
internal sealed class PureMeasurement : IMeasurement
{
    public string Name => "pure";

    public string Title => "In memory";

    public Task<Findings> RunAsync(Bench bench)
    {
        var folder = Directory.CreateTempSubdirectory("mion-benchmarks-").FullName;
        try
        {
            var job = bench.IsQuick ? Job.Dry : Job.ShortRun.WithIterationCount(7);
            var summary = BenchmarkRunner.Run<PureBenchmarks>(ManualConfig.CreateEmpty()
                .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddLogger(NullLogger.Instance)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
                .WithArtifactsPath(folder)
                .WithOptions(ConfigOptions.DisableOptimizationsValidator));
            if (summary.Reports.Length == 0 || summary.Reports.Any(report => !report.Success))
                throw new InvalidOperationException("BenchmarkDotNet measured nothing: " + string.Join(" ", summary.ValidationErrors.Select(error => error.Message)));
            return Task.FromResult(new Findings(
                [.. summary.Reports.Select(report => Finding.Note(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                    Text.Of($"{report.ResultStatistics!.Median / 1000:0.00} µs, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0:#,##0} bytes")))],
                "BenchmarkDotNet in this process, medians. There is no target for them: they show that next to a call to Mion and a statement of the database nothing of this counts."));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
