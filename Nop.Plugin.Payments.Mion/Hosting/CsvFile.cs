using System.Text;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Writes lines by RFC 4180, in UTF-8; its separator is the caller's.</summary>
internal sealed class CsvFile(Stream output, char separator) : IAsyncDisposable
{
    // with a byte order mark: without it spreadsheets take UTF-8 for something else
    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };

    /// <summary>A text that no spreadsheet takes for a formula: a store's name or Mion's word could bring such a beginning along.</summary>
    public static string Defuse(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    /// <summary>Writes a line; texts among the cells are defused.</summary>
    public Task WriteAsync(IEnumerable<string> cells) => _writer.WriteLineAsync(string.Join(separator, cells.Select(Quote)));

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private string Quote(string cell) =>
        cell.Contains(separator) || cell.AsSpan().ContainsAny("\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
