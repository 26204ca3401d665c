using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>How a step of the set-up stands.</summary>
public enum HealthState
{
    /// <summary>Nothing is known yet; nothing is wrong.</summary>
    Unknown,

    /// <summary>It works.</summary>
    Good,

    /// <summary>It does not work; the text says what to do.</summary>
    Bad
}

/// <summary>The plugin's health, in words of whoever looks.</summary>
public record HealthModel : BaseNopModel
{
    /// <summary>Whether shoppers are offered the method, and what stands in the way.</summary>
    public HealthLineModel Offer { get; set; } = new(HealthState.Unknown, string.Empty);

    /// <summary>The API key.</summary>
    public HealthStepModel Key { get; set; } = HealthStepModel.Nothing;

    /// <summary>The webhook.</summary>
    public HealthStepModel Webhook { get; set; } = HealthStepModel.Nothing;

    /// <summary>The scheduled task.</summary>
    public HealthStepModel Task { get; set; } = HealthStepModel.Nothing;

    /// <summary>When Mion called last; empty for never.</summary>
    public string LastWebhook { get; set; } = string.Empty;

    /// <summary>When the task ran last; empty for never.</summary>
    public string LastPoll { get; set; } = string.Empty;

    /// <summary>When Mion last answered as it should; empty for never.</summary>
    public string LastSuccess { get; set; } = string.Empty;

    /// <summary>When a call to Mion last failed; empty for never.</summary>
    public string LastError { get; set; } = string.Empty;

    /// <summary>The last failure in words.</summary>
    public string LastErrorText { get; set; } = string.Empty;

    /// <summary>Calls whose signature was not Mion's, and when the last one came; empty where there was none.</summary>
    public string CallsRefused { get; set; } = string.Empty;

    /// <summary>Sessions that can be paid right now.</summary>
    public int OpenSessions { get; set; }

    /// <summary>Payments that wait for a person.</summary>
    public int WaitingForPerson { get; set; }

    /// <summary>Payments that should have been looked at a while ago.</summary>
    public int Overdue { get; set; }

    /// <summary>The three steps in their order.</summary>
    public IEnumerable<HealthStepModel> Steps => [Key, Webhook, Task];

    /// <summary>Whether nothing is wrong; a payment that waits for a person is told to a person.</summary>
    public bool IsHealthy => Steps.All(step => step.State != HealthState.Bad);
}

/// <summary>A step of the set-up.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Text">How it stands, in a sentence, and what to do where it is bad. Not HTML.</param>
public sealed record HealthStepModel(HealthState State, string Title, string Text)
{
    /// <summary>A step about which nothing is known.</summary>
    public static HealthStepModel Nothing { get; } = new(HealthState.Unknown, string.Empty, string.Empty);

    /// <summary>What led there, link by link: of a test, or of the other stores.</summary>
    public IReadOnlyList<HealthLineModel> Trail { get; init; } = [];

    /// <summary>Whether it may be left as it is where other stores are set up.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether a test is under way, whose end is worth waiting for.</summary>
    public bool IsRunning { get; init; }
}

/// <summary>One link of the way to a step's state.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Text">In a sentence. Not HTML.</param>
public sealed record HealthLineModel(HealthState State, string Text);
