using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>Something to buy; the price is in the primary store currency.</summary>
public sealed class Product : BaseEntity
{
    public string Name { get; set; } = string.Empty;

    public string Description { get; set; } = string.Empty;

    public decimal Price { get; set; }

    /// <summary>A paid order of things that are not shipped is complete at once.</summary>
    public bool IsShipped { get; set; }
}

/// <summary>A line of an order.</summary>
public sealed class OrderItem : BaseEntity
{
    public int OrderId { get; set; }

    public int ProductId { get; set; }

    public string ProductName { get; set; } = string.Empty;

    public int Quantity { get; set; }

    public decimal UnitPrice { get; set; }
}

/// <summary>A setting, of one store or of all (0).</summary>
public sealed class Setting : BaseEntity
{
    public string Name { get; set; } = string.Empty;

    public string Value { get; set; } = string.Empty;

    public int StoreId { get; set; }
}

/// <summary>A value of a row in one language.</summary>
public sealed class LocalizedProperty : BaseEntity
{
    public int EntityId { get; set; }

    public int LanguageId { get; set; }

    public string LocaleKeyGroup { get; set; } = string.Empty;

    public string LocaleKey { get; set; } = string.Empty;

    public string LocaleValue { get; set; } = string.Empty;
}

/// <summary>A text of one language.</summary>
public sealed class LocaleStringResource : BaseEntity
{
    public int LanguageId { get; set; }

    public string ResourceName { get; set; } = string.Empty;

    public string ResourceValue { get; set; } = string.Empty;
}

/// <summary>A mail that waits to be sent; here it waits for ever.</summary>
public sealed class QueuedEmail : BaseEntity
{
    public string To { get; set; } = string.Empty;

    public string Subject { get; set; } = string.Empty;

    public string Body { get; set; } = string.Empty;

    public DateTime CreatedOnUtc { get; set; }
}

/// <summary>A value that a customer carries along: the chosen payment method, the store an admin configures.</summary>
public sealed class CustomerAttribute : BaseEntity
{
    public int CustomerId { get; set; }

    public string Name { get; set; } = string.Empty;

    public string Value { get; set; } = string.Empty;
}

/// <summary>A plugin that is installed; no row, not installed.</summary>
public sealed class InstalledPlugin : BaseEntity
{
    public string SystemName { get; set; } = string.Empty;

    public string Version { get; set; } = string.Empty;
}
