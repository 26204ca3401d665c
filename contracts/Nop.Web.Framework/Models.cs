namespace Nop.Web.Framework.Models;

/// <summary>A page's model.</summary>
public record BaseNopModel
{
    public Dictionary<string, string> CustomProperties { get; set; } = [];
}

/// <summary>The model of an entity's page.</summary>
public record BaseNopEntityModel : BaseNopModel
{
    public virtual int Id { get; set; }
}

/// <summary>A settings page; 0 is all stores.</summary>
public interface ISettingsModel
{
    int ActiveStoreScopeConfiguration { get; set; }
}

/// <summary>What a page has in each language.</summary>
public interface ILocalizedLocaleModel
{
    int LanguageId { get; set; }
}

/// <summary>A page with texts in several languages.</summary>
public interface ILocalizedModel
{
}

/// <inheritdoc />
public interface ILocalizedModel<TLocalizedModel> : ILocalizedModel
{
    IList<TLocalizedModel> Locales { get; set; }
}
