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
        [MionOperations.Any, MionOperations.CreateSession, MionOperations.CreateSession, MionOperations.GetByReference, MionOperations.GetStatus, MionOperations.GetStatus, MionOperations.CreateAttempt, MionOperations.RegisterWebhook];

    public static FaultRule Api(int value)
    {
        var random = new Random(value);
        var kind = _api[random.Next(_api.Length)];
        return new FaultRule
        {
            Kind = kind,
            Operation = _operations[random.Next(_operations.Length)],
            Count = 1 + random.Next(4),
            // a session that is created behind an error is the nastiest of them
            Performed = kind is FaultKind.Status or FaultKind.NoAnswer or FaultKind.Latency && random.Next(2) == 0,
            StatusCode = _statusCodes[random.Next(_statusCodes.Length)],
            RetryAfter = random.Next(4) switch { 0 => "1", 1 => "600", _ => null },
            Delay = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? 500 : 40)
        };
    }

    public static FaultRule Callbacks(int value)
    {
        var random = new Random(value);
        return new FaultRule
        {
            Kind = FaultKind.CallbackDrop + random.Next(5),
            Count = 1 + random.Next(2),
            Copies = 1 + random.Next(5),
            Delay = TimeSpan.FromMilliseconds(random.Next(300))
        };
    }

    public static (ShopFault Kind, int After, ShopPlace Place) Shop(int value)
    {
        var random = new Random(value);
        var kind = (ShopFault)random.Next(4);
        return random.Next(5) switch
        {
            0 => (ShopFault.Fails, random.Next(12), ShopPlace.Reads),
            1 => (kind, random.Next(14), ShopPlace.Writes),
            // about as many lines as there are between a claim and its end
            _ => (kind, random.Next(36), ShopPlace.AfterClaim)
        };
    }
}
