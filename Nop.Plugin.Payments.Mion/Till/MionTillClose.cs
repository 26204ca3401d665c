using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>A close of a store's day at the till (Z): what had been received since the one before, as it stood. Times are UTC.</summary>
/// <remarks>Once <see cref="ClosedOnUtc"/> is set, nothing changes the row any more.</remarks>
public class MionTillClose : BaseEntity
{
    /// <summary>The store whose day it closes, at all of its tills.</summary>
    public int StoreId { get; set; }

    /// <summary>Counts from 1 in each store, without gaps; unique there.</summary>
    public int Number { get; set; }

    /// <summary>Whoever writes the close; the payments that carry it belong to the close.</summary>
    public Guid Token { get; set; }

    /// <summary>When the close before was made; null for a store's first.</summary>
    public DateTime? FromUtc { get; set; }

    /// <summary>When it was made; null while it is being written.</summary>
    public DateTime? ClosedOnUtc { get; set; }

    /// <summary>Name of the till that closed, or empty.</summary>
    public string TillName { get; set; } = string.Empty;

    /// <summary>The account of whoever closed.</summary>
    public int? AssistantId { get; set; }

    /// <summary>The newest charge then: one before it that is paid later is named in the close that has its payment.</summary>
    public int LastSessionId { get; set; }

    /// <summary>How many payments belong to it.</summary>
    public int ReceivedCount { get; set; }

    /// <summary>Their sum, in euro cents; without tips.</summary>
    public long ReceivedCents { get; set; }

    /// <summary><see cref="DaySums"/> as JSON, in ASCII.</summary>
    public string Sums { get; set; } = string.Empty;
}
