namespace Nop.Core.Domain.Logging;

/// <summary>A line of the store's log.</summary>
public class Log : BaseEntity
{
    public int LogLevelId { get; set; }

    public string ShortMessage { get; set; }

    public string FullMessage { get; set; }

    public string PageUrl { get; set; }

    public string ReferrerUrl { get; set; }

    public DateTime CreatedOnUtc { get; set; }
}
