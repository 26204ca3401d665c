using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Web.Framework.Factories;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A group of cards; rendered as it is written.</summary>
[HtmlTargetElement("nop-cards", Attributes = "id")]
public class NopCardsTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }
}

/// <summary>
/// A card. As in a store, it fails without <c>asp-hide-block-attribute-name</c> and <c>asp-hide</c>, and shows its title
/// only with an <c>asp-icon</c>; title and content are HTML.
/// </summary>
[HtmlTargetElement("nop-card", Attributes = "asp-name")]
public class NopCardTagHelper : TagHelper
{
    protected readonly IViewComponentHelper _viewComponentHelper;
    protected readonly IWidgetModelFactory _widgetModelFactory;

    public NopCardTagHelper(IViewComponentHelper viewComponentHelper, IWidgetModelFactory widgetModelFactory)
    {
        _viewComponentHelper = viewComponentHelper;
        _widgetModelFactory = widgetModelFactory;
    }

    [HtmlAttributeName("asp-title")]
    public string Title { get; set; }

    [HtmlAttributeName("asp-name")]
    public string Name { get; set; }

    [HtmlAttributeName("asp-hide-block-attribute-name")]
    public string HideBlockAttributeName { get; set; }

    [HtmlAttributeName("asp-hide")]
    public bool IsHide { get; set; }

    [HtmlAttributeName("asp-advanced")]
    public bool IsAdvanced { get; set; }

    [HtmlAttributeName("asp-icon")]
    public string CardIconIsAdvanced { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var hidden = context.AllAttributes["asp-hide"].Value is true;
        var hideBlock = context.AllAttributes["asp-hide-block-attribute-name"].Value.ToString();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var shape = "card card-secondary card-outline" + (IsAdvanced ? " advanced-setting" : "") + (hidden ? " collapsed-card" : "");
        output.Attributes.SetAttribute("class", $"{output.Attributes["class"]?.Value} {shape}".TrimStart());
        output.Attributes.SetAttribute("data-card-name", Name);
        output.Attributes.SetAttribute("data-hideattribute", hideBlock);
        // as the store does: a name that is another element's id as well hides that element from scripts
        output.Attributes.SetAttribute("id", Name);
        if (context.AllAttributes.TryGetAttribute("asp-icon", out var icon))
            output.PreContent.SetHtmlContent($"<div class=\"card-header with-border clearfix\"><div class=\"card-title\"><i class=\"{WebUtility.HtmlEncode(icon.Value.ToString())}\"></i>{Title}</div></div>");
        output.Content.SetHtmlContent(await output.GetChildContentAsync());
    }
}

/// <summary>A message box that a page opens by its id.</summary>
[HtmlTargetElement("nop-alert", Attributes = "asp-alert-id", TagStructure = TagStructure.WithoutEndTag)]
public class NopAlertTagHelper : TagHelper
{
    protected readonly IHtmlHelper _htmlHelper;

    public NopAlertTagHelper(IHtmlGenerator generator, IHtmlHelper htmlHelper)
    {
        Generator = generator;
        _htmlHelper = htmlHelper;
    }

    protected IHtmlGenerator Generator { get; set; }

    [HtmlAttributeName("asp-alert-id")]
    public string AlertId { get; set; }

    [HtmlAttributeName("asp-alert-message")]
    public string Message { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dialog";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("id", $"{AlertId}-action-alert");
        output.Content.SetContent(Message);
        return Task.CompletedTask;
    }
}
