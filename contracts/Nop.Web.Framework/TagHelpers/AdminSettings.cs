using System.Net;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Core;
using Nop.Services.Localization;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The label of a field, with its hint.</summary>
[HtmlTargetElement("nop-label", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopLabelTagHelper : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    protected readonly ILocalizationService _localizationService;
    protected readonly IWorkContext _workContext;

    public NopLabelTagHelper(IHtmlGenerator generator, ILocalizationService localizationService, IWorkContext workContext)
    {
        Generator = generator;
        _localizationService = localizationService;
        _workContext = workContext;
    }

    protected IHtmlGenerator Generator { get; set; }

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-display-hint")]
    public bool DisplayHint { get; set; } = true;

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"{output.Attributes["class"]?.Value} label-wrapper".TrimStart());
        output.Content.SetHtmlContent(Generator.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, null, new { @class = "col-form-label" }));
        var named = (For.Metadata as DefaultModelMetadata)?.Attributes.Attributes.OfType<NopResourceDisplayNameAttribute>().FirstOrDefault();
        if (!DisplayHint || named == null)
            return;
        var language = await _workContext.GetWorkingLanguageAsync();
        var hint = await _localizationService.GetResourceAsync($"{named.ResourceKey}.Hint", language.Id, false, string.Empty, true);
        if (!string.IsNullOrEmpty(hint))
            output.Content.AppendHtml($"<div title=\"{WebUtility.HtmlEncode(hint)}\" data-toggle=\"tooltip\" class=\"ico-help\">?</div>");
    }
}

/// <summary>The check box "override for this store"; nothing while all stores are configured together.</summary>
[HtmlTargetElement("nop-override-store-checkbox", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopOverrideStoreCheckboxHelper : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    protected readonly IHtmlHelper _htmlHelper;

    public NopOverrideStoreCheckboxHelper(IHtmlHelper htmlHelper)
    {
        _htmlHelper = htmlHelper;
    }

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-input")]
    public ModelExpression Input { get; set; }

    [HtmlAttributeName("asp-input2")]
    public ModelExpression Input2 { get; set; }

    [HtmlAttributeName("asp-store-scope")]
    public int StoreScope { get; set; }

    [HtmlAttributeName("asp-parent-container")]
    public string ParentContainer { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        if (StoreScope <= 0)
            return Task.CompletedTask;
        (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);
        var inputs = new[] { Input, Input2 }.Where(input => input != null).Select(input => "#" + _htmlHelper.Id(input.Name)).ToList();
        if (inputs.Count == 0 && !string.IsNullOrEmpty(ParentContainer))
            inputs.AddRange(new[] { "input", "textarea", "select" }.Select(tag => $"#{ParentContainer} {tag}"));
        var selector = string.Join(", ", inputs);
        output.Content.SetHtmlContent(_htmlHelper.CheckBox(For.Name, null, new
        {
            @class = "multi-store-override-option",
            onclick = $"checkOverriddenStoreValue(this, '{selector}')",
            data_for_input_selector = selector
        }));
        return Task.CompletedTask;
    }
}

/// <summary>Settings that belong to the one above them.</summary>
[HtmlTargetElement("nop-nested-setting", Attributes = FOR_ATTRIBUTE_NAME)]
public class NopNestedSettingTagHelper : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    public NopNestedSettingTagHelper(IHtmlGenerator generator)
    {
        Generator = generator;
    }

    protected IHtmlGenerator Generator { get; set; }

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("is-condition-invert")]
    public bool IsConditionInvert { get; set; }

    [HtmlAttributeName("disable-auto-generation")]
    public bool DisableAutoGeneration { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "nested-setting");
        output.Attributes.SetAttribute("data-nested-for", For.Name);
        output.Content.SetHtmlContent(await output.GetChildContentAsync());
    }
}
