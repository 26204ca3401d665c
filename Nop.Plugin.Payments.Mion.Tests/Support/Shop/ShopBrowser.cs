using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A shopper's browser without a screen: keeps cookies, fills in forms, and stays where it is until told to follow.
/// </summary>
internal sealed class ShopBrowser : IDisposable
{
    /// <summary>A product of €12.90 that is shipped, so that a paid order is being processed and not complete.</summary>
    public const int Mug = 2;

    private readonly HttpClient _http;
    private Task<string>? _token;

    /// <summary>A new browser, without any cookie.</summary>
    /// <param name="shop">The shop's address.</param>
    /// <param name="keepsCookies">False where its owner allows none.</param>
    /// <param name="mion">A Mion whose calls it makes.</param>
    public ShopBrowser(Uri shop, bool keepsCookies = true, MadeUpMion? mion = null)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = keepsCookies, UseProxy = false };
        _http = new HttpClient(mion is null ? sockets : new CallSigner(mion) { InnerHandler = sockets }) { BaseAddress = shop };
    }

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(address);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Posts a form that needs no token.</summary>
    public Task<HttpResponseMessage> PostAsync(string address, HttpContent? content = null) => _http.PostAsync(address, content);

    /// <summary>Opens a page and follows redirects, as far as they stay in the shop.</summary>
    public async Task<IHtmlDocument> OpenAsync(string address)
    {
        var response = await _http.GetAsync(address);
        while (response.Headers.Location is { } location && new Uri(_http.BaseAddress!, location).Authority == _http.BaseAddress!.Authority)
        {
            response.Dispose();
            response = await _http.GetAsync(location);
        }

        using (response)
            return await ReadAsync(response);
    }

    /// <summary>Reads an answer as a page.</summary>
    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    /// <summary>Sends the first form of a page that a selector finds, with its own fields, some of them changed.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IParentNode page, string selector, params (string Name, string? Value)[] changes) =>
        SubmitToAsync(page, selector, action: null, changes);

    /// <summary>Submits a form by a button that has an address of its own.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public Task<HttpResponseMessage> SubmitToAsync(IParentNode page, string selector, string? action, params (string Name, string? Value)[] changes)
    {
        var form = page.QuerySelector<IHtmlFormElement>(selector) ?? throw new InvalidOperationException($"The page has no form {selector}.");
        var fields = Fields(form).Where(field => changes.All(change => change.Name != field.Key)).ToList();
        fields.AddRange(changes.Where(change => change.Value is not null).Select(change => KeyValuePair.Create(change.Name, change.Value!)));
        return _http.PostAsync(action ?? form.GetAttribute("action"), new FormUrlEncodedContent(fields));
    }

    /// <summary>Sends fields as a form of the shop would, with its token.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(string action, params (string Name, string Value)[] fields)
    {
        // one for all that are sent at once
        return await _http.PostAsync(action, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", await (_token ??= _http.GetStringAsync("/demo/token")))).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    /// <summary>Chooses a language of the shop.</summary>
    public async Task SpeakAsync(int languageId) => (await _http.GetAsync($"/changelanguage/{languageId}")).Dispose();

    /// <summary>Chooses the currency in which prices are shown.</summary>
    public async Task ReckonAsync(int currencyId) => (await _http.GetAsync($"/changecurrency/{currencyId}")).Dispose();

    /// <summary>Puts a product into the cart.</summary>
    public async Task AddToCartAsync(int productId = Mug, int quantity = 1) =>
        (await SendFormAsync("/ShoppingCart/Add", ("productId", Text(productId)), ("quantity", Text(quantity)))).Dispose();

    /// <summary>Puts a product into the cart and confirms the order, without the pages in between.</summary>
    /// <returns>What confirming the order answers.</returns>
    public Task<HttpResponseMessage> BuyAsync(int productId = Mug) => PostAsync($"/demo/buy/{Text(productId)}");

    /// <summary>Goes through the steps of multi-step checkout to the last button.</summary>
    /// <returns>What confirming the order answers.</returns>
    public async Task<HttpResponseMessage> ConfirmAsync()
    {
        (await SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName))).Dispose();
        return await SendFormAsync("/checkout/confirm");
    }

    /// <summary>Confirms one-page checkout, as its script does.</summary>
    /// <returns>Where the script goes next: the address that sends the shopper to pay.</returns>
    public async Task<string> ConfirmOnePageAsync()
    {
        using var placed = await SendFormAsync("/checkout/OpcConfirmOrder", ("paymentMethod", MionDefaults.SystemName));
        var answer = JObject.Parse(await placed.Content.ReadAsStringAsync());
        return (string?)answer["redirect"] ?? throw new InvalidOperationException($"The order was not placed: {answer}");
    }

    /// <summary>Becomes the demo admin.</summary>
    public async Task EnterAdminAsync()
    {
        (await PostAsync("/demo/enter/admin")).Dispose();
        // who signs in gets a new token
        _token = null;
    }

    /// <summary>Becomes a clerk, who may enter the admin area and do what the given permissions allow.</summary>
    public async Task EnterAdminAsClerkAsync(params string[] permissions)
    {
        (await PostAsync("/demo/enter/clerk?" + string.Join('&', permissions.Select(permission => $"permissions={Uri.EscapeDataString(permission)}")))).Dispose();
        _token = null;
    }

    /// <summary>Becomes the shop assistant, who may charge at the till and nothing else.</summary>
    public async Task EnterTillAsync()
    {
        (await PostAsync("/demo/enter/assistant")).Dispose();
        _token = null;
    }

    public void Dispose() => _http.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form) =>
        form.QuerySelectorAll("input[name],textarea[name],select[name]").Select(field => field switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { IsDisabled: true } => default,
            IHtmlInputElement input => KeyValuePair.Create(input.Name!, input.Value),
            IHtmlTextAreaElement text => KeyValuePair.Create(text.Name!, text.Value),
            IHtmlSelectElement select => KeyValuePair.Create(select.Name!, select.Value ?? string.Empty),
            _ => default
        }).Where(field => field.Key is not null);
}
