using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>The frame of every page: one style sheet, no script, nothing from elsewhere.</summary>
internal static class Html
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6b7c; --line: #d9dfe7; --page: #f3f5f8; --card: #fff;
          --accent: #0b6b50; --on: #fff; --warn: #8a4b00; --bad: #a3232f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #a3afbd; --line: #38424f; --page: #12161c; --card: #1b212a;
          --accent: #4cc49a; --on: #0c1512; --warn: #f0b35a; --bad: #ff8c93; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
        main.wide { max-width: 68rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin-bottom: 1rem; }
        h1 { font-size: 1.25rem; margin: 0 0 .75rem; } h2 { font-size: 1rem; margin: 0 0 .75rem; }
        p { margin: .5rem 0; } .soft { color: var(--soft); font-size: .875rem; }
        .amount { font-size: 2.25rem; font-weight: 650; line-height: 1.2; margin: 0; }
        .state { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: .1rem .75rem; font-weight: 600; }
        .good { color: var(--accent); } .warn { color: var(--warn); } .bad { color: var(--bad); }
        code { font: .8125rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
        .invoice { display: block; background: var(--page); border-radius: .5rem; padding: .75rem; max-height: 8rem; overflow: auto; }
        form { margin: 0; } .actions { display: grid; gap: .5rem; }
        button, .button { display: block; width: 100%; min-height: 2.75rem; padding: .6rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
          background: transparent; color: var(--ink); font: inherit; font-weight: 550; text-align: center; text-decoration: none; cursor: pointer; }
        .primary { background: var(--accent); border-color: var(--accent); color: var(--on); }
        button:hover, .button:hover { border-color: var(--accent); }
        a { color: var(--accent); } a.primary { color: var(--on); }
        label { display: block; font-size: .875rem; color: var(--soft); }
        input, select { width: 100%; min-height: 2.5rem; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card); color: var(--ink); font: inherit; }
        .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; align-items: end; }
        .scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: .875rem; }
        th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        """;

    /// <summary>A whole page.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML.</param>
    /// <param name="wide">For tables.</param>
    /// <param name="goTo">Where the page goes by itself after two seconds; null stays.</param>
    /// <param name="statusCode">The answer's status code.</param>
    public static IResult Page(string title, string body, bool wide = false, string? goTo = null, int statusCode = StatusCodes.Status200OK) => new PageResult($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        {(goTo is null ? string.Empty : $"<meta http-equiv=\"refresh\" content=\"2;url={Text(goTo)}\">")}
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body><main{(wide ? " class=\"wide\"" : string.Empty)}>
        {body}
        </main></body>
        </html>
        """, statusCode);

    /// <summary>Plain text into HTML.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    /// <summary>A form that is one button.</summary>
    public static string Button(string action, string label, string style = "") =>
        $"<form method=\"post\" action=\"{Text(action)}\"><button class=\"{style}\">{Text(label)}</button></form>";

    /// <summary>Cents as an amount in euro.</summary>
    public static string Euro(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:N2} EUR");

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private sealed class PageResult(string html, int statusCode) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var response = context.Response;
            response.StatusCode = statusCode;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.XContentTypeOptions = "nosniff";
            return response.WriteAsync(html, context.RequestAborted);
        }
    }
}
