using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Newtonsoft.Json;
using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Messages;
using Nop.Web.Framework.Factories;
using Nop.Web.Framework.Models.Cms;
using Nop.Web.Framework.UI;
using Nop.Web.Framework.WebOptimizer;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

public sealed class WebHelper(IHttpContextAccessor httpContextAccessor, IRepository<Store> stores) : IWebHelper
{
    private const string PostDone = "nop.IsPOSTBeingDone";

    public bool IsRequestBeingRedirected => httpContextAccessor.HttpContext?.Response.StatusCode is 301 or 302;

    public bool IsPostBeingDone
    {
        get => httpContextAccessor.HttpContext?.Items[PostDone] is true;
        set => httpContextAccessor.HttpContext!.Items[PostDone] = value;
    }

    public string GetStoreLocation(bool? useSsl = null)
        => httpContextAccessor.HttpContext?.Request is { Host.HasValue: true } request
            ? $"{(useSsl ?? request.IsHttps ? "https" : "http")}://{request.Host}{request.PathBase}/"
            : stores.Table.OrderBy(store => store.DisplayOrder).First().Url.TrimEnd('/') + "/";
}

/// <summary>Messages on the next page shown.</summary>
public sealed class NotificationService(IHttpContextAccessor httpContextAccessor, ITempDataDictionaryFactory tempDataFactory) : INotificationService
{
    private const string Key = "NotificationList";

    public void SuccessNotification(string message, bool encode = true, int timeout = 0) => Add("success", message, encode);

    public void WarningNotification(string message, bool encode = true, int timeout = 0) => Add("warning", message, encode);

    public void ErrorNotification(string message, bool encode = true, int timeout = 0) => Add("error", message, encode);

    /// <summary>Takes the messages, for the layout.</summary>
    public IReadOnlyList<Notification> Take() => Read(TempData()[Key]);

    private static List<Notification> Read(object? stored)
        => stored is string json ? JsonConvert.DeserializeObject<List<Notification>>(json)! : [];

    private void Add(string kind, string message, bool encode)
    {
        var tempData = TempData();
        var all = Read(tempData.Peek(Key));
        all.Add(new Notification(kind, message, encode));
        tempData[Key] = JsonConvert.SerializeObject(all);
    }

    private ITempDataDictionary TempData() => tempDataFactory.GetTempData(httpContextAccessor.HttpContext!);
}

/// <summary>A message.</summary>
/// <param name="Kind">success, warning or error.</param>
/// <param name="Message">The text.</param>
/// <param name="Encode">Whether the text is text and not HTML.</param>
public sealed record Notification(string Kind, string Message, bool Encode);

/// <summary>What the parts of a page leave to its layout.</summary>
public sealed class PageParts(LoadedPlugin plugin) : INopHtmlHelper
{
    private readonly List<string> _titles = [];
    private readonly List<string> _styles = [];
    private readonly List<string> _head = [];
    private readonly List<(ResourceLocation Location, string Html)> _scripts = [];

    /// <summary>The page's title, without the shop's name.</summary>
    public string Title => string.Join(" · ", _titles);

    /// <summary>Which item of the admin menu is current.</summary>
    public string? ActiveMenuItem { get; private set; }

    /// <inheritdoc />
    public void AddTitleParts(string part) => _titles.Insert(0, part);

    /// <inheritdoc />
    public void AddCssFileParts(string src, string debugSrc = "", bool excludeFromBundle = false) => _styles.Add(Path(src));

    /// <inheritdoc />
    public void AppendCssFileParts(string src, string debugSrc = "", bool excludeFromBundle = false) => _styles.Insert(0, Path(src));

    /// <inheritdoc />
    public void AddScriptParts(ResourceLocation location, string src, string debugSrc = "", bool excludeFromBundle = false)
        => _scripts.Add((location, $"<script src=\"{System.Net.WebUtility.HtmlEncode(Path(src))}\"></script>"));

    /// <inheritdoc />
    public void AppendScriptParts(ResourceLocation location, string src, string debugSrc = "", bool excludeFromBundle = false)
        => _scripts.Insert(0, (location, $"<script src=\"{System.Net.WebUtility.HtmlEncode(Path(src))}\"></script>"));

    /// <inheritdoc />
    public void AddInlineScriptParts(ResourceLocation location, string script) => _scripts.Add((location, script));

    /// <inheritdoc />
    public void AddHeadCustomParts(string part) => _head.Add(part);

    /// <inheritdoc />
    public void SetActiveMenuItemSystemName(string systemName) => ActiveMenuItem = systemName;

    /// <summary>The page's style sheets, and whatever else it wants in its head.</summary>
    public IHtmlContent Head()
        => new HtmlString(string.Concat(_head.Select(part => part + "\n")) + string.Concat(_styles.Distinct().Select(src => $"<link rel=\"stylesheet\" href=\"{System.Net.WebUtility.HtmlEncode(src)}\">\n")));

    /// <summary>The page's scripts of one place.</summary>
    public IHtmlContent Scripts(ResourceLocation location)
        => new HtmlString(string.Concat(_scripts.Where(script => (script.Location == ResourceLocation.Head) == (location == ResourceLocation.Head)).Select(script => script.Html + "\n")));

    /// <summary>
    /// A file's address as the bundler makes it: with a hash of what is in the file, so that a browser fetches it anew after
    /// an update. A file whose name has a query behind it is none that the bundler finds.
    /// </summary>
    private string Path(string src)
    {
        if (!src.StartsWith("~/", StringComparison.Ordinal))
            return src;
        var file = System.IO.Path.Combine(plugin.Folder, src.Replace($"~/Plugins/{plugin.Descriptor.SystemName}/", string.Empty, StringComparison.Ordinal));
        return File.Exists(file) ? $"{src[1..]}?v={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))[..8]}" : src[1..];
    }
}

public sealed class NoAssets : INopAssetHelper;

public sealed class NoWidgets : IWidgetModelFactory
{
    public Task<List<RenderWidgetModel>> PrepareRenderWidgetModelAsync(string widgetZone, object? additionalData = null, bool useCache = true)
        => Task.FromResult(new List<RenderWidgetModel>());
}
