using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The page on which all payments are examined.</summary>
public record DoctorModel : BaseNopModel
{
    /// <summary>How many payments there are.</summary>
    public int Total { get; set; }

    /// <summary>How many of them the examination that is under way, or the last one, has looked at.</summary>
    public int Examined { get; set; }

    /// <summary>Whether an examination was begun and left.</summary>
    public bool IsLeft { get; set; }

    /// <summary>How the last examination stands, in words.</summary>
    public string Standing { get; set; } = string.Empty;

    /// <summary>What was found and still stands; the newest, where there is more than a page can show.</summary>
    public IList<DoctorRowModel> Findings { get; set; } = [];

    /// <summary>Said where there is more than a page can show; empty otherwise.</summary>
    public string More { get; set; } = string.Empty;
}

/// <summary>A payment about which something does not fit together; texts are ready to be shown, and not HTML. Also sent as JSON.</summary>
/// <param name="OrderId">Id of the order; 0 where there is none to open.</param>
/// <param name="Order">The order's number, or what stands for it.</param>
/// <param name="Amount">What was asked for, as a text in euro.</param>
/// <param name="Finding">What does not fit, and what to do about it.</param>
/// <param name="CanApply">Whether this person can apply it to the order.</param>
/// <param name="CanHandle">Whether this person can mark it as handled.</param>
public sealed record DoctorRowModel(int Id, int OrderId, string Order, string Amount, string Finding, bool CanApply, bool CanHandle);
