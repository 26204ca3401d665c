using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop;

/// <summary>
/// A shopper's browser without a screen: cookies, links, forms with their antiforgery token, and redirects that are
/// followed only where somebody asks.
/// </summary>
public sealed partial class Shopper : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _client;

    /// <summary>A new browser.</summary>
    /// <param name="shop">The shop's address.</param>
    public Shopper(Uri shop)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }, disposeHandler: true) { BaseAddress = shop };
    }

    /// <summary>The browser itself, for what is not offered here; it does not follow redirects.</summary>
    public HttpClient Client => _client;

    /// <summary>Opens an address and follows its redirects.</summary>
    /// <param name="address">Absolute, or below the shop's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ShopperPage> OpenAsync(string address, CancellationToken cancellationToken = default)
    {
        using var response = await _client.GetAsync(address, cancellationToken);
        return await FollowAsync(response, cancellationToken);
    }

    /// <summary>Sends a form of the shop and stays where it answers.</summary>
    /// <param name="page">Where the form is: the source of its antiforgery token.</param>
    /// <param name="action">Where it goes.</param>
    /// <param name="fields">What it says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, IReadOnlyDictionary<string, string>? fields = null, CancellationToken cancellationToken = default)
    {
        var form = new Dictionary<string, string>(fields ?? new Dictionary<string, string>())
        {
            ["__RequestVerificationToken"] = TokenOf((await OpenAsync(page, cancellationToken)).Html)
        };
        using var content = new FormUrlEncodedContent(form);
        return await _client.PostAsync(action, content, cancellationToken);
    }

    /// <summary>Puts a product into the cart.</summary>
    public async Task AddToCartAsync(int productId, int quantity = 1, CancellationToken cancellationToken = default)
    {
        using var response = await SubmitAsync("/", "/ShoppingCart/Add", new Dictionary<string, string>
        {
            ["productId"] = productId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["quantity"] = quantity.ToString(System.Globalization.CultureInfo.InvariantCulture)
        }, cancellationToken);
    }

    /// <summary>Orders the cart through the pages of multi-step checkout.</summary>
    /// <returns>The answer to the last POST: a redirect to where the shopper pays.</returns>
    public async Task<HttpResponseMessage> ConfirmOrderAsync(string paymentMethod = "Payments.Mion", CancellationToken cancellationToken = default)
    {
        (await SubmitAsync("/checkout/paymentmethod", "/checkout/paymentmethod", new Dictionary<string, string> { ["paymentMethod"] = paymentMethod }, cancellationToken)).Dispose();
        (await SubmitAsync("/checkout/paymentinfo", "/checkout/paymentinfo", cancellationToken: cancellationToken)).Dispose();
        return await SubmitAsync("/checkout/confirm", "/checkout/confirm", cancellationToken: cancellationToken);
    }

    /// <summary>Orders the cart by one-page checkout, as its script does.</summary>
    /// <returns>The answer to the GET that finishes it: a redirect to where the shopper pays.</returns>
    public async Task<HttpResponseMessage> ConfirmOnePageAsync(string paymentMethod = "Payments.Mion", CancellationToken cancellationToken = default)
    {
        using var placed = await SubmitAsync("/onepagecheckout", "/checkout/OpcConfirmOrder", new Dictionary<string, string> { ["paymentMethod"] = paymentMethod }, cancellationToken);
        var answer = await placed.Content.ReadFromJsonAsync<Dictionary<string, object>>(cancellationToken);
        return answer!.TryGetValue("redirect", out var redirect)
            ? await _client.GetAsync(redirect.ToString(), cancellationToken)
            : throw new InvalidOperationException($"The order was not placed: {answer.GetValueOrDefault("message")}");
    }

    /// <summary>Buys a product through multi-step checkout.</summary>
    /// <returns>Where the shopper is sent to pay.</returns>
    public async Task<Uri> BuyAsync(int productId, CancellationToken cancellationToken = default)
    {
        await AddToCartAsync(productId, cancellationToken: cancellationToken);
        using var response = await ConfirmOrderAsync(cancellationToken: cancellationToken);
        return response.StatusCode == HttpStatusCode.Found && response.Headers.Location is { } location
            ? new Uri(_client.BaseAddress!, location)
            : throw new InvalidOperationException($"Confirming the order answered {(int)response.StatusCode} instead of sending the shopper to pay.");
    }

    /// <summary>Presses a button that is a form without fields, on the stand-in's checkout page for example.</summary>
    /// <param name="address">Where the form goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ShopperPage> PressAsync(string address, CancellationToken cancellationToken = default)
    {
        using var nothing = new FormUrlEncodedContent([]);
        using var response = await _client.PostAsync(address, nothing, cancellationToken);
        return await FollowAsync(response, cancellationToken);
    }

    /// <summary>Becomes the demo admin.</summary>
    public async Task LogInAsAdminAsync(CancellationToken cancellationToken = default)
        => (await SubmitAsync("/Admin/Login", "/Admin/Login", cancellationToken: cancellationToken)).Dispose();

    /// <summary>Becomes a clerk, who may enter the admin area and nothing else.</summary>
    public async Task LogInAsClerkAsync(CancellationToken cancellationToken = default)
        => (await SubmitAsync("/Admin/Login", "/Admin/Login/Clerk", cancellationToken: cancellationToken)).Dispose();

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static string TokenOf(string html)
        => Token().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : string.Empty;

    /// <summary>Follows the redirects of an answer.</summary>
    /// <param name="first">The answer; stays the caller's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ShopperPage> FollowAsync(HttpResponseMessage first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(first);
        var response = first;
        for (var i = 0; i < MostRedirects && (int)response.StatusCode is >= 301 and <= 308 && response.Headers.Location is { } location; i++)
        {
            var next = await _client.GetAsync(new Uri(response.RequestMessage!.RequestUri!, location), cancellationToken);
            if (response != first)
                response.Dispose();
            response = next;
        }

        var page = new ShopperPage(response.RequestMessage!.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        if (response != first)
            response.Dispose();
        return page;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>Where a shopper has arrived.</summary>
/// <param name="Address">The address.</param>
/// <param name="Status">How it answered.</param>
/// <param name="Html">What it shows.</param>
public sealed partial record ShopperPage(Uri Address, HttpStatusCode Status, string Html)
{
    /// <summary>Where a link goes, by its id.</summary>
    /// <exception cref="InvalidOperationException">There is no such link.</exception>
    public string LinkOf(string id)
    {
        var tag = Links().Matches(Html).Select(match => match.Value).FirstOrDefault(link => link.Contains($"id=\"{id}\"", StringComparison.Ordinal));
        return tag is not null && Href().Match(tag) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups[1].Value)
            : throw new InvalidOperationException($"{Address} has no link '{id}'.");
    }

    [GeneratedRegex("<a\\b[^>]*>")]
    private static partial Regex Links();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
