using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Models;

/// <summary>
/// The page on which all payments are examined.
/// </summary>
public record DoctorModel : BaseNopModel
{
    /// <summary>How many payments there are.</summary>
    public int Total { get; set; }
}
