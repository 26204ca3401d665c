using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>Somebody who is logged in to the admin area of one of the machines: the merchant's desk and the till.</summary>
internal sealed partial class SoakAdmin(Uri shop) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = shop };
    private string _token = string.Empty;

    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        _token = await ReadTokenAsync("/Admin/Login", cancellationToken);
        (await PostAsync("/Admin/Login", [], cancellationToken)).Dispose();
        // a token belongs to who was logged in when it was made
        _token = await ReadTokenAsync("/Admin/Mion/Till", cancellationToken);
    }

    public Task<HttpResponseMessage> ChargeOrderAsync(int orderId, CancellationToken cancellationToken) => PostAsync($"/Admin/Mion/Till/ChargeOrder/{orderId}", [], cancellationToken);

    public Task<HttpResponseMessage> ChargeAmountAsync(decimal amount, string chargeKey, CancellationToken cancellationToken) => PostAsync("/Admin/Mion/Till/ChargeAmount",
        [new("Amount", amount.ToString("0.00", CultureInfo.InvariantCulture)), new("Note", "soak"), new("StoreId", "1"), new("ChargeKey", chargeKey)], cancellationToken);

    public Task<HttpResponseMessage> LookAsync(int sessionId, CancellationToken cancellationToken) => _http.GetAsync($"/Admin/Mion/Till/Status/{sessionId}", cancellationToken);

    public Task<HttpResponseMessage> CancelAsync(int sessionId, CancellationToken cancellationToken) => PostAsync($"/Admin/Mion/Till/Cancel/{sessionId}", [], cancellationToken);

    public Task<HttpResponseMessage> CheckAsync(int sessionId, CancellationToken cancellationToken) =>
        PostAsync("/Admin/MionPayments/Check", [new("id", sessionId.ToString(CultureInfo.InvariantCulture))], cancellationToken);

    public Task<HttpResponseMessage> HandleAsync(int sessionId, CancellationToken cancellationToken) =>
        PostAsync("/Admin/MionPayments/Handle", [new("id", sessionId.ToString(CultureInfo.InvariantCulture)), new("comment", "refunded by hand")], cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string path, List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        fields.Add(new("__RequestVerificationToken", _token));
        using var content = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(path, content, cancellationToken);
    }

    private async Task<string> ReadTokenAsync(string page, CancellationToken cancellationToken) =>
        WebUtility.HtmlDecode(Token().Match(await _http.GetStringAsync(page, cancellationToken)).Groups[1].Value);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
