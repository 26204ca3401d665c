namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Where an API key goes, and how: a key is entered for one of them, and never sent to another.</summary>
public sealed record KeyTarget(string BaseUrl, string Header, string Prefix)
{
    /// <summary>Where the key of some settings goes.</summary>
    public static KeyTarget Of(MionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Of(settings.BaseUrl, settings.ApiKeyHeader, settings.ApiKeyPrefix);
    }

    /// <summary>Likewise, of what a form says.</summary>
    public static KeyTarget Of(string? baseUrl, string? header, string? prefix) =>
        new((baseUrl ?? string.Empty).Trim().TrimEnd('/'), (header ?? string.Empty).Trim().ToUpperInvariant(), (prefix ?? string.Empty).Trim());
}
