using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>The tokens of a session: what somebody has who has its addresses.</summary>
/// <param name="Shopper">Of the return and of the payment page.</param>
/// <param name="Webhook">Of the webhook.</param>
/// <param name="Screen">Of the customer's screen at the till.</param>
public sealed record InputTokens(string Shopper, string Webhook, string Screen);

/// <summary>
/// Calls the addresses that anybody can call, with everything that anybody can send, and says what should not have been
/// answered.
/// </summary>
/// <param name="shops">The machines' addresses.</param>
/// <param name="tokens">Those of a session that there is.</param>
/// <param name="seed">The same number makes the same inputs.</param>
public sealed partial class InputFuzz(IReadOnlyList<Uri> shops, InputTokens tokens, int seed)
{
    private static readonly string[] _methods = ["GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"];
    // addresses of the plugin: what the store answers to others is its own
    private static readonly string[] _paths =
    [
        "mion/webhook/{0}", "mion/webhook/{0}", "mion/return/{0}", "mion/payment/{0}", "mion/payment/{0}/status", "mion/payment/{0}/retry",
        "mion/payment/{1}/{0}", "mion/payment/{1}/status", "mion/payment/{1}/retry",
        "mion/till/{0}", "mion/till/{0}/status", "mion/till/{0}/code/{1}", "mion/receipt/{0}", "Mion/Webhook/{0}/"
    ];

    private static readonly string[] _oddTokens =
    [
        "x", "%00", "..%2f..%2fappsettings.json", "'%20OR%201=1--", "%F0%9F%92%A9", "%ff%fe", "{token}", "null", "undefined", "0", "-1", "%20",
        "<script>alert(1)<%2fscript>", "%3Cimg%20src=x%3E", "%0d%0aSet-Cookie:a=b", "$%7bjndi:ldap:127.0.0.1%7d", new('a', 31), new('a', 33), new('g', 32), new('0', 32), new('A', 2000)
    ];

    private static readonly string[] _contentTypes =
        ["application/json", "application/json; charset=utf-7", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/xml", "image/png", "*/*"];

    private static readonly string[] _bodies =
    [
        "", "{}", "[]", "null", "{\"paymentSessionId\":", "{\"status\":{\"a\":[1]}}", "{\"status\":\"funded\",\"status\":\"x\"}", "{\"status\":1e999}", "\"\\ud800\"", "{\"$type\":\"System.Diagnostics.Process, System\"}",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "a=b&a=c&__proto__=1", new('[', 5000), "{\"a\":" + new string('[', 100) + new string(']', 100) + "}"
    ];

    /// <summary>What should not have been answered.</summary>
    public ConcurrentQueue<string> Findings { get; } = new();

    /// <summary>How many inputs were sent.</summary>
    public int Sent => Volatile.Read(ref _sent);

    private int _sent;

    /// <summary>
    /// Sends every odd token to every address, then random inputs.
    /// </summary>
    /// <param name="random">How many random ones.</param>
    /// <param name="workers">How many at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(int random, int workers, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        foreach (var path in _paths.Distinct())
        {
            foreach (var token in _oddTokens)
            {
                foreach (var method in new[] { "GET", "POST" })
                    await SendAsync(http, new Input(method, Format(path, token, 1), [], null, false), cancellationToken);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var number = worker; number < random && !cancellationToken.IsCancellationRequested; number += workers)
                await SendAsync(http, Create(new Random(Mix(seed, number))), cancellationToken);
        }, cancellationToken)));
    }

    /// <summary>A body that says nothing.</summary>
    public static byte[] Nonsense(int value)
    {
        var bytes = new byte[value * 7 % 3000];
        new Random(value).NextBytes(bytes);
        return value % 3 == 0 ? bytes : Encoding.UTF8.GetBytes(_bodies[value % _bodies.Length]);
    }

    /// <summary>A callback as Mion words it, about a payment that there may not be.</summary>
    public static byte[] ForgedCall(string paymentSessionId) => Encoding.UTF8.GetBytes(
        $$"""{"paymentSessionId":"{{(paymentSessionId.Length > 0 ? paymentSessionId : Guid.NewGuid().ToString())}}","status":"funded","paidAt":"2026-01-01T00:00:00Z"}""");

    /// <summary>What of an exception an answer shows, or null.</summary>
    public static string? FindException(string body) => Traces().Match(body) is { Success: true } match ? match.Value : null;

    // "." and ".." are resolved before anything is sent: the address would be another, and not the plugin's
    private static string EscapeSegment(string text) => text is "." or ".." ? $"{text}_" : Uri.EscapeDataString(text);

    private Input Create(Random random)
    {
        var token = random.Next(8) switch
        {
            0 => tokens.Webhook,
            1 => tokens.Shopper,
            2 => tokens.Screen,
            3 => Convert.ToHexStringLower(Bytes(random, 16)),
            4 => tokens.Webhook.ToUpperInvariant(),
            5 => EscapeSegment(Encoding.Latin1.GetString(Bytes(random, random.Next(1, 60)))),
            _ => _oddTokens[random.Next(_oddTokens.Length)]
        };
        var path = Format(_paths[random.Next(_paths.Length)], token, random.Next(-1, 5));
        if (random.Next(4) == 0)
            path += "?" + Uri.EscapeDataString(Encoding.Latin1.GetString(Bytes(random, random.Next(1, 40)))) + "=" + random.Next();
        var headers = new List<(string, string)>();
        if (random.Next(3) == 0)
            headers.Add(("Content-Type", _contentTypes[random.Next(_contentTypes.Length)]));
        // a shopper's browser that brings a cookie is asked who it is, and that makes a guest where it is nobody
        if (random.Next(5) == 0 && !path.Contains(tokens.Shopper, StringComparison.Ordinal))
            headers.Add(("Cookie", random.Next(2) == 0 ? $".Nop.Customer={Guid.NewGuid()}" : $"a={Convert.ToHexString(Bytes(random, 20))}; .Mion.TillScreen=x"));
        if (random.Next(5) == 0)
            headers.Add(("X-Forwarded-For", $"{random.Next(256)}.1.1.1, <script>"));
        if (random.Next(8) == 0)
            headers.Add(("Accept-Language", random.Next(2) == 0 ? "fi-FI,fi;q=0.9" : Convert.ToHexString(Bytes(random, 10))));
        var body = random.Next(6) switch
        {
            0 => null,
            1 => Bytes(random, random.Next(0, 2000)),
            2 => ForgedCall(string.Empty),
            3 when random.Next(50) == 0 => new byte[70_000],
            _ => Encoding.UTF8.GetBytes(_bodies[random.Next(_bodies.Length)])
        };
        return new Input(_methods[random.Next(_methods.Length)], path, headers, body, path.Contains(tokens.Shopper, StringComparison.Ordinal));
    }

    private async Task SendAsync(HttpClient http, Input input, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _sent);
        // a shopper's own page is in the shop's layout, which makes a guest of who has no cookie: it is looked at elsewhere
        if (input.IsShoppers && !input.Path.Contains("/status", StringComparison.Ordinal) && !input.Path.Contains("mion/return", StringComparison.Ordinal))
            return;
        using var request = new HttpRequestMessage(new HttpMethod(input.Method), new Uri(shops[number % shops.Count], input.Path));
        if (input.Body is not null && input.Method is not ("GET" or "HEAD" or "TRACE"))
            request.Content = new ByteArrayContent(input.Body);
        foreach (var (name, value) in input.Headers)
        {
            if (name != "Content-Type")
                request.Headers.TryAddWithoutValidation(name, value);
            else if (request.Content is not null && MediaTypeHeaderValue.TryParse(value, out _))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            // a call that announces a payment of which Mion's status knows nothing is to come again, by design
            var isToComeAgain = response.StatusCode == HttpStatusCode.ServiceUnavailable && body.Contains("please try again", StringComparison.Ordinal);
            if ((int)response.StatusCode >= 500 && !isToComeAgain)
                Findings.Enqueue($"{(int)response.StatusCode} for {input.Method} {input.Path}");
            if (FindException(body) is { } shown)
                Findings.Enqueue($"{(int)response.StatusCode} shows '{shown}' for {input.Method} {input.Path}");
            if (response.Headers.Contains("Set-Cookie"))
                Findings.Enqueue($"a cookie for {input.Method} {input.Path}");
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException)
        {
            // what the server cuts off before anybody reads it
        }
    }

    private static string Format(string path, string token, int number) => path.Replace("{0}", token, StringComparison.Ordinal).Replace("{1}", $"{number}", StringComparison.Ordinal);

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    [GeneratedRegex(@"[A-Za-z]*Exception\b|^\s+at [\w.]+\(|\bSystem\.[A-Z]\w+|LinqToDB|SQLite Error|Npgsql|\(fault\)", RegexOptions.Multiline)]
    private static partial Regex Traces();

    private sealed record Input(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, bool IsShoppers);

    // the same in every process, as HashCode is not
    private static int Mix(int seed, int number) => unchecked(seed * 16777619 ^ number * 40503);
}
