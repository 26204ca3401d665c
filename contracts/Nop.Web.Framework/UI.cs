namespace Nop.Web.Framework.UI
{
    /// <summary>Collects what a page puts into its layout's head and foot.</summary>
    public interface INopHtmlHelper
    {
        void AddTitleParts(string part);

        void AddCssFileParts(string src, string debugSrc = "", bool excludeFromBundle = false);

        void AppendCssFileParts(string src, string debugSrc = "", bool excludeFromBundle = false);

        void AddScriptParts(ResourceLocation location, string src, string debugSrc = "", bool excludeFromBundle = false);

        void AppendScriptParts(ResourceLocation location, string src, string debugSrc = "", bool excludeFromBundle = false);

        void AddHeadCustomParts(string part);

        void AddInlineScriptParts(ResourceLocation location, string script);

        void SetActiveMenuItemSystemName(string systemName);
    }

    /// <summary>Where in the page a script goes.</summary>
    public enum ResourceLocation
    {
        Auto = 0,
        None = 1,
        Head = 2,
        Footer = 3
    }
}

namespace Nop.Web.Framework.WebOptimizer
{
    /// <summary>The store's bundles; here only because a tag helper asks for it.</summary>
    public interface INopAssetHelper
    {
    }
}
