using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Nop.Web.Framework.Models.Cms;

namespace Nop.Web.Framework.Components
{
    /// <summary>A view component; called with the widget zone and the zone's data.</summary>
    public abstract class NopViewComponent : ViewComponent
    {
        public new ViewViewComponentResult View<TModel>(string viewName, TModel model) => base.View(viewName, model);

        public new ViewViewComponentResult View<TModel>(TModel model) => base.View(model);

        public new ViewViewComponentResult View(string viewName) => base.View(viewName);
    }
}

namespace Nop.Web.Framework.Factories
{
    /// <summary>The widgets of a zone; here because the card's tag helper asks for it.</summary>
    public interface IWidgetModelFactory
    {
        Task<List<RenderWidgetModel>> PrepareRenderWidgetModelAsync(string widgetZone, object additionalData = null, bool useCache = true);
    }
}

namespace Nop.Web.Framework.Models.Cms
{
    /// <summary>A widget to render.</summary>
    public record RenderWidgetModel : BaseNopModel
    {
        public Type WidgetViewComponent { get; set; }

        public object WidgetViewComponentArguments { get; set; }
    }
}
