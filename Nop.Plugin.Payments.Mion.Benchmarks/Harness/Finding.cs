namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>How a number stands to its target.</summary>
internal enum Verdict
{
    /// <summary>There is no target: the number explains another one.</summary>
    None,

    /// <summary>The target is met.</summary>
    Met,

    /// <summary>The target is not met.</summary>
    NotMet
}

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Target">What it should be, or empty.</param>
/// <param name="Measured">What it is, with its unit.</param>
/// <param name="Verdict">Whether that is good enough.</param>
internal sealed record Finding(string What, string Target, string Measured, Verdict Verdict)
{
    /// <summary>A number with a target.</summary>
    public static Finding Of(string what, string target, string measured, bool isMet) => new(what, target, measured, isMet ? Verdict.Met : Verdict.NotMet);

    /// <summary>A number that explains.</summary>
    public static Finding Note(string what, string measured) => new(what, string.Empty, measured, Verdict.None);
}

/// <summary>What one measurement found.</summary>
/// <param name="Findings">The lines of its table.</param>
/// <param name="How">How it was measured, in sentences.</param>
/// <param name="Attachment">What is shown as it came, such as a query plan; or null.</param>
internal sealed record Findings(IReadOnlyList<Finding> Lines, string How, string? Attachment = null);
