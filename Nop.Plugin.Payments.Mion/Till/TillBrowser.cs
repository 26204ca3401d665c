using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Where a charge comes from.</summary>
/// <param name="ScreenToken">The customer's screen beside the till.</param>
/// <param name="TillName">What the till is called; empty where it has no name.</param>
/// <param name="AssistantId">The account of whoever stands at it.</param>
public sealed record TillOrigin(string ScreenToken, string TillName, int? AssistantId);

/// <summary>The till as the assistant's browser remembers it, whose name and customer's screen are cookies there, and what the assistant may do.</summary>
public class TillBrowser(IHttpContextAccessor httpContextAccessor, IPermissionService permissionService, IWorkContext workContext, TimeProvider timeProvider)
{
    private string? _screenToken;

    /// <summary>What the till is called; empty where it has no name yet.</summary>
    public string Name => Clean(Http.Request.Cookies[TillDefaults.NameCookie]);

    /// <summary>Whose customer's screen follows this browser; made where there is none yet.</summary>
    public string ScreenToken => _screenToken ??= SecretToken.IsWellFormed(Http.Request.Cookies[TillDefaults.ScreenCookie])
        ? Http.Request.Cookies[TillDefaults.ScreenCookie]!
        : RenewScreen();

    /// <summary>What a charge keeps of where it was made.</summary>
    public async Task<TillOrigin> GetOriginAsync() => new(ScreenToken, Name, (await workContext.GetCurrentCustomerAsync()).Id);

    /// <summary>Whether the charges of all tills are shown there.</summary>
    public Task<bool> MaySeeAllTillsAsync() => permissionService.AuthorizeAsync(MionPermissions.View);

    /// <summary>Whether the till's settings can be opened there.</summary>
    public Task<bool> MayConfigureAsync() => permissionService.AuthorizeAsync(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS);

    /// <summary>Names the till.</summary>
    /// <param name="name">As typed; nothing takes the name away.</param>
    public void SetName(string? name) => Write(TillDefaults.NameCookie, Clean(name));

    /// <summary>Gives the customer's screen another address: the old one shows nothing new any more.</summary>
    public string RenewScreen()
    {
        _screenToken = SecretToken.Create();
        Write(TillDefaults.ScreenCookie, _screenToken);
        return _screenToken;
    }

    private HttpContext Http => httpContextAccessor.HttpContext ?? throw new InvalidOperationException("A till is a browser.");

    private static string Clean(string? name) => TextLimits.Cut(name?.Trim(), TillDefaults.MaxNameLength).Trim();

    private void Write(string cookie, string value) => Http.Response.Cookies.Append(cookie, value, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        Secure = Http.Request.IsHttps,
        // not Strict: whoever comes by a link on another site still has the screen that stands on the counter
        SameSite = SameSiteMode.Lax,
        Expires = timeProvider.GetUtcNow().AddYears(1)
    });
}
