using System.ComponentModel;

namespace Nop.Web.Framework.Mvc.ModelBinding;

/// <summary>An attribute that names itself in a model's metadata.</summary>
public interface IModelAttribute
{
    string Name { get; }
}

/// <summary>
/// Names a field by a resource; the hint is the resource of the same key with <c>.Hint</c>. The store's looks the text
/// up; this one gives the key, and leaves the text to the host's metadata provider.
/// </summary>
public sealed class NopResourceDisplayNameAttribute : DisplayNameAttribute, IModelAttribute
{
    public NopResourceDisplayNameAttribute(string resourceKey) : base(resourceKey)
    {
        ResourceKey = resourceKey;
    }

    public string ResourceKey { get; set; }

    public override string DisplayName => ResourceKey;

    public string Name => nameof(NopResourceDisplayNameAttribute);
}
