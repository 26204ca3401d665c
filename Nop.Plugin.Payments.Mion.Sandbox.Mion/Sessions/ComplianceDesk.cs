namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Holds what the next payment attempts say about compliance.</summary>
internal sealed class ComplianceDesk
{
    private volatile StandInCompliance _answer = StandInCompliance.Clear;

    public StandInCompliance Answer
    {
        get => _answer;
        set => _answer = value;
    }
}
