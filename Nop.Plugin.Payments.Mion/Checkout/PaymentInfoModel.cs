using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>What a shopper sees when choosing the method.</summary>
public record PaymentInfoModel : BaseNopModel
{
    /// <summary>The merchant's own description; empty for the default.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>What will be asked for in euro; empty where the shopper sees euro.</summary>
    public string Euro { get; set; } = string.Empty;
}
