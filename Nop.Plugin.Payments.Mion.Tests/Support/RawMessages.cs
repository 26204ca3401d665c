using System.Text;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>What a client sent.</summary>
public sealed record RawRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Reads a request; null where the client said nothing.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        var buffer = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(buffer, cancellationToken) == 0)
                return null;
            head.Add(buffer[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, cancellationToken);
        var request = lines[0].Split(' ');
        return new RawRequest(request[0], request[1], headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(List<byte> head) => head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}

/// <summary>How a connection ends after an answer.</summary>
public enum RawEnding
{
    /// <summary>In good order.</summary>
    Close,

    /// <summary>Torn.</summary>
    Reset,

    /// <summary>Not at all: the client waits.</summary>
    Silence
}

/// <summary>What a client gets: any bytes.</summary>
public sealed record RawAnswer(byte[] Bytes, RawEnding Ending = RawEnding.Close)
{
    public static RawAnswer Silence { get; } = new([], RawEnding.Silence);

    public static RawAnswer Reset { get; } = new([], RawEnding.Reset);

    public static RawAnswer Nothing { get; } = new([]);

    public static RawAnswer Json(string body, int status = 200, params string[] headers) => Http(status, Encoding.UTF8.GetBytes(body), ["Content-Type: application/json", .. headers]);

    public static RawAnswer Status(int status, params string[] headers) => Http(status, [], headers);

    public static RawAnswer Http(int status, byte[] body, params string[] headers) =>
        new([.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Whatever\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"), .. body]);

    /// <summary>The first part of an answer, and then its end.</summary>
    public RawAnswer CutTo(int bytesFromTheEnd, RawEnding ending) => new(Bytes[..^bytesFromTheEnd], ending);
}
