using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Core.Domain.Common;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The editor of a field, with the star of a required one.</summary>
[HtmlTargetElement("nop-editor", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopEditorTagHelper : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    protected readonly IHtmlHelper _htmlHelper;

    public NopEditorTagHelper(IHtmlHelper htmlHelper)
    {
        _htmlHelper = htmlHelper;
    }

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("html-attributes")]
    public object CustomHtmlAttributes { get; set; }

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    [HtmlAttributeName("asp-render-form-control-class")]
    public string RenderFormControlClass { get; set; }

    [HtmlAttributeName("asp-template")]
    public string Template { get; set; }

    [HtmlAttributeName("asp-postfix")]
    public string Postfix { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        RequiredMark.Put(output, IsRequired);
        var htmlAttributes = RequiredMark.Attributes(CustomHtmlAttributes);
        var formControl = string.IsNullOrEmpty(RenderFormControlClass)
            ? For.Metadata.ModelType == typeof(string)
            : bool.TryParse(RenderFormControlClass, out var wanted) && wanted;
        if (formControl)
            htmlAttributes["class"] = "form-control";
        (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);
        output.Content.SetHtmlContent(_htmlHelper.Editor(For.Name, Template, new { htmlAttributes, postfix = Postfix }));
        return Task.CompletedTask;
    }
}

/// <summary>A drop-down of a field or, with <c>asp-for-name</c>, of a name.</summary>
[HtmlTargetElement("nop-select", TagStructure = TagStructure.WithoutEndTag)]
public class NopSelectTagHelper : TagHelper
{
    protected readonly AdminAreaSettings _adminAreaSettings;
    protected readonly IHtmlHelper _htmlHelper;

    public NopSelectTagHelper(AdminAreaSettings adminAreaSettings, IHtmlHelper htmlHelper)
    {
        _adminAreaSettings = adminAreaSettings;
        _htmlHelper = htmlHelper;
    }

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-for-name")]
    public string Name { get; set; }

    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    [HtmlAttributeName("asp-multiple")]
    public string IsMultiple { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        RequiredMark.Put(output, IsRequired);
        (_htmlHelper as IViewContextAware)?.Contextualize(ViewContext);
        var htmlAttributes = new Dictionary<string, object> { ["class"] = "form-control" };
        var name = string.IsNullOrEmpty(Name) ? For?.Name : Name;
        if (string.IsNullOrEmpty(name))
            return Task.CompletedTask;
        output.Content.SetHtmlContent(bool.TryParse(IsMultiple, out var multiple) && multiple
            ? _htmlHelper.ListBox(name, Items, htmlAttributes)
            : _htmlHelper.DropDownList(name, Items, null, htmlAttributes));
        return Task.CompletedTask;
    }
}

/// <summary>A text area of a field.</summary>
[HtmlTargetElement("nop-textarea", Attributes = FOR_ATTRIBUTE_NAME)]
public class NopTextAreaTagHelper : TextAreaTagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    public NopTextAreaTagHelper(IHtmlGenerator generator) : base(generator)
    {
    }

    [HtmlAttributeName("html-attributes")]
    public object CustomHtmlAttributes { get; set; }

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "textarea";
        output.TagMode = TagMode.StartTagAndEndTag;
        RequiredMark.Put(output, IsRequired);
        foreach (var (name, value) in RequiredMark.Attributes(CustomHtmlAttributes))
            output.Attributes.SetAttribute(name, value);
        output.Attributes.SetAttribute("class", $"{output.Attributes["class"]?.Value} form-control".TrimStart());
        await base.ProcessAsync(context, output);
    }
}

file static class RequiredMark
{
    public static void Put(TagHelperOutput output, string isRequired)
    {
        if (!bool.TryParse(isRequired, out var required) || !required)
            return;
        output.PreElement.SetHtmlContent("<div class=\"input-group input-group-required\">");
        output.PostElement.SetHtmlContent("<div class=\"input-group-btn\"><span class=\"required\">*</span></div></div>");
    }

    public static Dictionary<string, object> Attributes(object custom)
        => new(HtmlHelper.AnonymousObjectToHtmlAttributes(custom));
}
