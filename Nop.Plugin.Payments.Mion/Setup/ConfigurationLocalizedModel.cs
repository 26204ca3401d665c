using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>What the configuration page has in each language.</summary>
public class ConfigurationLocalizedModel : ILocalizedLocaleModel
{
    public int LanguageId { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.DescriptionText")]
    public string? DescriptionText { get; set; }
}
