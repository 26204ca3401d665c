using System.Net;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>The customer of all orders, in a browser at one of the machines.</summary>
internal sealed partial class SoakShopper : IDisposable
{
    private readonly HttpClient _http;
    private readonly SocketsHttpHandler _handler;

    /// <param name="customer">Whose browser it is.</param>
    public SoakShopper(Uri shop, Guid customer)
    {
        _handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        _handler.CookieContainer.Add(shop, new Cookie(".Nop.Customer", customer.ToString()));
        _http = new HttpClient(_handler) { BaseAddress = shop, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Presses <em>Change my order</em>, offered or not: a page that was loaded before has the button.</summary>
    public async Task<HttpResponseMessage> TakeBackAsync(int sessionId, CancellationToken cancellationToken)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await _http.GetStringAsync("/", cancellationToken)).Groups[1].Value);
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        return await _http.PostAsync($"/mion/payment/{sessionId}/change", content, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
