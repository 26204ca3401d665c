using System.Runtime.CompilerServices;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>
/// A line of the log: words that stand in the code, and <see cref="LogField"/>s. Anything else in the braces does not compile.
/// </summary>
[InterpolatedStringHandler]
public sealed class LogText
{
    private readonly StringBuilder _text;

    /// <summary>Begins a line, as the compiler does.</summary>
    /// <param name="literalLength">Letters outside of the braces.</param>
    /// <param name="formattedCount">How many braces.</param>
    public LogText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + 16 * formattedCount);

    /// <summary>Adds words.</summary>
    /// <param name="text">They stand in the code.</param>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Adds a value.</summary>
    /// <param name="field">One of those that may stand in the log.</param>
    public void AppendFormatted(LogField field) => _text.Append(field.ToString());

    /// <summary>The line.</summary>
    public override string ToString() => _text.ToString();
}
