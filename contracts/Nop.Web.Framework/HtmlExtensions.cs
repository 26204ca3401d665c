using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Localization;
using Nop.Services.Stores;
using Nop.Web.Framework.Models;

namespace Nop.Web.Framework.Extensions;

/// <summary>What nopCommerce's admin pages are made of.</summary>
public static class HtmlExtensions
{
    /// <summary>A tab for the standard text and one for each language; the standard text alone where there is one language.</summary>
    /// <param name="ignoreIfSeveralStores">The standard text alone where there are several stores.</param>
    public static async Task<IHtmlContent> LocalizedEditorAsync<TModel, TLocalizedModelLocal>(this IHtmlHelper<TModel> helper, string name,
        Func<int, HelperResult> localizedTemplate, Func<TModel, HelperResult> standardTemplate, bool ignoreIfSeveralStores = false, string cssClass = null)
        where TModel : ILocalizedModel<TLocalizedModelLocal>
        where TLocalizedModelLocal : ILocalizedLocaleModel
    {
        var services = helper.ViewContext.HttpContext.RequestServices;
        var model = helper.ViewData.Model;
        if (model.Locales.Count <= 1 || ignoreIfSeveralStores && (await services.GetRequiredService<IStoreService>().GetAllStoresAsync()).Count > 1)
            return standardTemplate(model);

        var languages = await services.GetRequiredService<ILanguageService>().GetAllLanguagesAsync(showHidden: true);
        var content = new HtmlContentBuilder();
        content.AppendHtml($"<div id=\"{name}\" class=\"nav-tabs-custom nav-tabs-localized-fields {cssClass}\"><ul class=\"nav nav-tabs\" role=\"tablist\">");
        var standard = WebUtility.HtmlEncode(await services.GetRequiredService<ILocalizationService>().GetResourceAsync("Admin.Common.Standard"));
        content.AppendHtml($"<li class=\"nav-item\" role=\"presentation\"><a class=\"nav-link active\" role=\"tab\" data-toggle=\"pill\" href=\"#{name}-standard-tab\">{standard}</a></li>");
        foreach (var locale in model.Locales)
        {
            var language = WebUtility.HtmlEncode(languages.Single(each => each.Id == locale.LanguageId).Name);
            content.AppendHtml($"<li class=\"nav-item\" role=\"presentation\"><a class=\"nav-link\" role=\"tab\" data-toggle=\"pill\" href=\"#{name}-{locale.LanguageId}-tab\">{language}</a></li>");
        }

        content.AppendHtml($"</ul><div class=\"tab-content\"><div class=\"tab-pane fade active show\" id=\"{name}-standard-tab\">").AppendHtml(standardTemplate(model)).AppendHtml("</div>");
        for (var i = 0; i < model.Locales.Count; i++)
            content.AppendHtml($"<div class=\"tab-pane fade\" id=\"{name}-{model.Locales[i].LanguageId}-tab\">").AppendHtml(localizedTemplate(i)).AppendHtml("</div>");
        return content.AppendHtml("</div></div>");
    }
}
