using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Localization;
using Nop.Web.Framework.Localization;

namespace Nop.Web.Framework.Localization
{
    /// <summary>A text of the resources. It is HTML and is not encoded: data must never be an argument of it.</summary>
    public class LocalizedString : HtmlString
    {
        public LocalizedString(string localized) : base(localized)
        {
            Text = localized;
        }

        public string Text { get; }
    }

    /// <summary>Looks up a text and puts its arguments in.</summary>
    public delegate LocalizedString Localizer(string text, params object[] args);
}

namespace Nop.Web.Framework.Mvc.Razor
{
    /// <summary>A view that knows the store's texts.</summary>
    public abstract class NopRazorPage<TModel> : RazorPage<TModel>
    {
        public Localizer T => (key, args) =>
        {
            var service = Context.RequestServices.GetRequiredService<ILocalizationService>();
            var format = service.GetResourceAsync(key).GetAwaiter().GetResult();
            if (string.IsNullOrEmpty(format))
                return new LocalizedString(key);
            return new LocalizedString(args == null || args.Length == 0 ? format : string.Format(format, args));
        };
    }
}
