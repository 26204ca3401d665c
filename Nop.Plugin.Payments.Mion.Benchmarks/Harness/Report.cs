using System.Text;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>What is printed, and what is written into the document between its markers.</summary>
internal static class Report
{
    /// <summary>The marker of the sentence about the machine.</summary>
    public const string MachineMarker = "machine";

    /// <summary>One measurement as Markdown: table, how, attachment.</summary>
    public static string Write(Findings findings)
    {
        var text = new StringBuilder();
        text.AppendLine("| What | Target | Measured | |").AppendLine("|---|---|---|---|");
        foreach (var line in findings.Lines)
            text.AppendLine($"| {line.What} | {line.Target} | {line.Measured} | {Say(line.Verdict)} |");
        text.AppendLine().AppendLine(findings.How);
        if (findings.Attachment is not null)
            text.AppendLine().AppendLine("```").AppendLine(findings.Attachment.TrimEnd()).AppendLine("```");
        return text.ToString();
    }

    /// <summary>Puts a text between the markers of its name; leaves the rest of the document alone.</summary>
    /// <exception cref="InvalidOperationException">The document has no such markers.</exception>
    public static string Update(string document, string name, string text)
    {
        var (begin, end) = ($"<!-- measured: {name} -->", $"<!-- end: {name} -->");
        var from = document.IndexOf(begin, StringComparison.Ordinal);
        var to = document.IndexOf(end, StringComparison.Ordinal);
        return from >= 0 && to > from
            ? $"{document[..(from + begin.Length)]}\n{text.Trim().ReplaceLineEndings("\n")}\n{document[to..]}"
            : throw new InvalidOperationException($"The document has no place for \"{name}\": {begin} … {end}.");
    }

    private static string Say(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.NotMet => "**NOT met**",
        _ => string.Empty
    };
}
