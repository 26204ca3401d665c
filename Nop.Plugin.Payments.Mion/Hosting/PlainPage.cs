using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Localization;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// A page of two sentences, in the language that the browser asks for, that needs nothing of the store: no database, no
/// layout, and no current customer, of whom nopCommerce would make a guest record.
/// </summary>
public static class PlainPage
{
    /// <summary>The language that a browser asks for, such as <c>de-AT</c>: the first, which is wanted most; may be empty.</summary>
    public static string GetLanguage(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.AcceptLanguage.ToString().Split(',', ';')[0].Trim();
    }

    /// <summary>Makes the page.</summary>
    /// <param name="request">Who asks, for the language and the store's address.</param>
    /// <param name="resource">Resource below <c>Plugins.Payments.Mion.</c> with a <c>.Title</c> and a <c>.Text</c>.</param>
    public static ContentResult Create(HttpRequest request, string resource, int status)
    {
        ArgumentNullException.ThrowIfNull(request);
        var language = GetLanguage(request);
        var texts = MionStrings.For(language);
        string Text(string name) => HtmlEncoder.Default.Encode(texts[$"{MionDefaults.ResourcePrefix}.{resource}.{name}"]);
        return new ContentResult
        {
            StatusCode = status,
            ContentType = "text/html; charset=utf-8",
            Content = $"""
                <!DOCTYPE html>
                <html lang="{MionStrings.FindLanguage(language)}"><head><meta charset="utf-8"><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
                <title>{Text("Title")}</title>
                <style>:root {"{"} color-scheme: light dark {"}"} body {"{"} font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem {"}"}</style></head>
                <body><main id="mion-payment" data-state="{resource[(resource.LastIndexOf('.') + 1)..]}"><h1>{Text("Title")}</h1><p>{Text("Text")}</p>
                <p><a href="{HtmlEncoder.Default.Encode(request.PathBase)}/" rel="noreferrer">{HtmlEncoder.Default.Encode(request.Host.ToString())}</a></p></main></body></html>
                """
        };
    }
}
