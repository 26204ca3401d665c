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
