using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>What a number makes of <see cref="Act.BreakApi"/>, <see cref="Act.BreakCallbacks"/> and <see cref="Act.BreakShop"/>.</summary>
internal static class ScenarioFaults
{
    private static readonly FaultKind[] _api =
    [
        FaultKind.LostAnswer, FaultKind.Status, FaultKind.Status, FaultKind.TruncatedJson, FaultKind.Html, FaultKind.Empty, FaultKind.Huge,
        FaultKind.WrongTypes, FaultKind.Redirect, FaultKind.Latency, FaultKind.NoAnswer
    ];

    private static readonly int[] _statusCodes = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504];

    private static readonly string[] _operations =
        [MionOperations.Any, MionOperations.CreateSession, MionOperations.CreateSession, MionOperations.GetByReference, MionOperations.GetStatus, MionOperations.RegisterWebhook];

    public static FaultRule Api(int value)
    {
        var kind = _api[value % _api.Length];
        return new FaultRule
        {
            Kind = kind,
            Operation = _operations[value / 7 % _operations.Length],
            Count = 1 + value % 3,
            // a session that is created behind an error is the nastiest of them
            Performed = kind is FaultKind.Status or FaultKind.NoAnswer or FaultKind.Latency && value % 2 == 0,
            StatusCode = _statusCodes[value / 3 % _statusCodes.Length],
            RetryAfter = value % 5 == 0 ? "1" : null,
            Delay = TimeSpan.FromMilliseconds(value % 4 == 0 ? 500 : 40)
        };
    }

    public static FaultRule Callbacks(int value) => new()
    {
        Kind = (FaultKind)((int)FaultKind.CallbackDrop + value % 5),
        Count = 1 + value % 2,
        Copies = 1 + value % 4,
        Delay = TimeSpan.FromMilliseconds(value % 300)
    };

    public static (StatementFault Kind, int After) Shop(int value) => ((StatementFault)(value % 4), value / 4 % 14);
}
