using System.Text;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>
/// What the log gets of an exception: its type and where it was thrown, and its message only where it is known to hold
/// no data. A database names the values that it refuses, and one of them may be a token.
/// </summary>
public sealed class LoggedException : Exception
{
    private readonly string _text;

    /// <summary>Takes what may be written.</summary>
    public LoggedException(Exception exception)
        : base(Describe(exception))
    {
        var text = new StringBuilder();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (text.Length > 0)
                text.Append(" ---> ");
            text.AppendLine(Describe(current)).AppendLine(current.StackTrace);
        }

        _text = text.ToString();
    }

    /// <summary>What nopCommerce writes.</summary>
    public override string ToString() => _text;

    private static string Describe(Exception exception) =>
        IsHarmless(exception) ? $"{exception.GetType().FullName}: {exception.Message}" : $"{exception.GetType().FullName}";

    private static bool IsHarmless(Exception exception) => exception is MionApiException or HttpRequestException or System.Net.Sockets.SocketException
        or TimeoutException or OperationCanceledException or NullReferenceException or ObjectDisposedException;
}
