using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor.TagHelpers;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Web.Framework.UI;
using Nop.Web.Framework.WebOptimizer;

namespace Nop.Web.Framework.TagHelpers.Shared;

/// <summary>The antiforgery field, for a form or a script.</summary>
[HtmlTargetElement("nop-antiforgery-token", TagStructure = TagStructure.WithoutEndTag)]
public class NopAntiForgeryTokenTagHelper : TagHelper
{
    public NopAntiForgeryTokenTagHelper(IHtmlGenerator generator)
    {
        Generator = generator;
    }

    protected IHtmlGenerator Generator { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        if (Generator.GenerateAntiforgery(ViewContext) is { } field)
            output.Content.SetHtmlContent(field);
        return Task.CompletedTask;
    }
}

/// <summary>The star of a required field.</summary>
[HtmlTargetElement("nop-required", TagStructure = TagStructure.WithoutEndTag)]
public class NopRequiredTagHelper : TagHelper
{
    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "required");
        output.Content.SetContent("*");
        return Task.CompletedTask;
    }
}

/// <summary>
/// Every script of a view. As in a store with bundling on, it goes to the page's foot unless it says
/// <c>asp-location="None"</c> or is not JavaScript.
/// </summary>
[HtmlTargetElement("script")]
public class NopScriptTagHelper : UrlResolutionTagHelper
{
    protected readonly AppSettings _appSettings;
    protected readonly INopAssetHelper _bundleHelper;
    protected readonly INopHtmlHelper _nopHtmlHelper;
    protected readonly IWebHelper _webHelper;
    protected readonly IWebHostEnvironment _webHostEnvironment;

    public NopScriptTagHelper(AppSettings appSettings,
        HtmlEncoder htmlEncoder,
        INopAssetHelper bundleHelper,
        INopHtmlHelper nopHtmlHelper,
        IUrlHelperFactory urlHelperFactory,
        IWebHelper webHelper,
        IWebHostEnvironment webHostEnvironment) : base(urlHelperFactory, htmlEncoder)
    {
        _appSettings = appSettings;
        _bundleHelper = bundleHelper;
        _nopHtmlHelper = nopHtmlHelper;
        _webHelper = webHelper;
        _webHostEnvironment = webHostEnvironment;
    }

    [HtmlAttributeName("asp-debug-src")]
    public string DebugSrc { get; set; }

    [HtmlAttributeName("asp-location")]
    public ResourceLocation Location { get; set; }

    [HtmlAttributeName("asp-exclude-from-bundle")]
    public bool ExcludeFromBundle { get; set; }

    [HtmlAttributeName("src")]
    public string Src { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "script";
        output.TagMode = TagMode.StartTagAndEndTag;
        var isJavaScript = output.Attributes["type"]?.Value?.ToString() is null or "" or "text/javascript";
        var location = Location == ResourceLocation.Auto ? ResourceLocation.Footer : Location;
        if (!isJavaScript || location == ResourceLocation.None)
        {
            if (!string.IsNullOrEmpty(Src))
            {
                output.Attributes.SetAttribute("src", Src);
                ProcessUrlAttribute("src", output);
            }
            return;
        }
        output.SuppressOutput();
        if (string.IsNullOrEmpty(Src))
            _nopHtmlHelper.AddInlineScriptParts(location, "<script>" + (await output.GetChildContentAsync()).GetContent() + "</script>");
        else
            _nopHtmlHelper.AddScriptParts(location, Src, DebugSrc, ExcludeFromBundle);
    }
}

/// <summary>Every style sheet of a view goes to the page's head.</summary>
[HtmlTargetElement("link", Attributes = "[rel=stylesheet]")]
public class NopLinkTagHelper : UrlResolutionTagHelper
{
    protected readonly INopHtmlHelper _nopHtmlHelper;

    public NopLinkTagHelper(HtmlEncoder htmlEncoder, INopHtmlHelper nopHtmlHelper, IUrlHelperFactory urlHelperFactory)
        : base(urlHelperFactory, htmlEncoder)
    {
        _nopHtmlHelper = nopHtmlHelper;
    }

    [HtmlAttributeName("asp-exclude-from-bundle")]
    public bool ExcludeFromBundle { get; set; }

    [HtmlAttributeName("href")]
    public string Href { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        _nopHtmlHelper.AddCssFileParts(Href, string.Empty, ExcludeFromBundle);
        output.SuppressOutput();
        return Task.CompletedTask;
    }
}
