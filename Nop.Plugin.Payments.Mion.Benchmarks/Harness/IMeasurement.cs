namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>One part of what the program measures.</summary>
internal interface IMeasurement
{
    /// <summary>By which it is chosen on the command line and found in the document: one word.</summary>
    string Name { get; }

    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>Measures.</summary>
    Task<Findings> RunAsync(Bench bench);
}
