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
    public LogText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + 16 * formattedCount);

    /// <summary>Adds words.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted(LogField field) => _text.Append(field.ToString());

    /// <summary>The line.</summary>
    public override string ToString() => _text.ToString();
}
