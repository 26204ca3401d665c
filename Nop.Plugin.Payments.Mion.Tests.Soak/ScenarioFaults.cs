using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>What a number makes of <see cref="Act.BreakApi"/>, <see cref="Act.BreakCallbacks"/> and <see cref="Act.BreakShop"/>.</summary>
internal static class ScenarioFaults
{
    private static readonly FaultKind[] _api =
    [
        FaultKind.LostAnswer, FaultKind.Status, FaultKind.Status, FaultKind.TruncatedJson, FaultKind.Html, FaultKind.Empty, FaultKind.Huge,
        FaultKind.WrongTypes, FaultKind.Redirect, FaultKind.Latency, FaultKind.NoAnswer, FaultKind.Challenge, FaultKind.WithoutReference, FaultKind.OtherSession,
        FaultKind.WithoutPaidAt, FaultKind.Lagging, FaultKind.OtherForm
    ];

    private static readonly FaultRule[] _forDays =
    [
        new() { Kind = FaultKind.Status, StatusCode = 401 }, new() { Kind = FaultKind.Status, StatusCode = 403 }, new() { Kind = FaultKind.Status, StatusCode = 503 },
        new() { Kind = FaultKind.Challenge }, new() { Kind = FaultKind.Empty }, new() { Kind = FaultKind.TruncatedJson }
    ];

    /// <summary>Why Mion refuses a request: whoever reads that it was refused must read this too.</summary>
    public const string Reason = "the amount must be at least 100";

    private static readonly int[] _statusCodes = [400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503, 504];

    private static readonly string[] _operations =
        [MionOperations.Any, MionOperations.CreateSession, MionOperations.CreateSession, MionOperations.GetByReference, MionOperations.GetStatus, MionOperations.GetStatus, MionOperations.CreateAttempt, MionOperations.RegisterWebhook];

    /// <param name="other">Mion's id of some other payment; null where there is none.</param>
    public static IReadOnlyList<FaultRule> Api(int value, string? other)
    {
        var random = new Random(value);
        if (random.Next(10) == 0)
            return LateToShow(1 + random.Next(4));
        var kind = _api[random.Next(_api.Length)];
        if (kind == FaultKind.OtherSession && other is null)
            kind = FaultKind.WithoutReference;
        return [new FaultRule
        {
            Kind = kind,
            Operation = _operations[random.Next(_operations.Length)],
            Count = 1 + random.Next(4),
            // a session that is created behind an error is the nastiest of them
            Performed = kind is FaultKind.Status or FaultKind.NoAnswer or FaultKind.Latency && random.Next(2) == 0,
            StatusCode = _statusCodes[random.Next(_statusCodes.Length)],
            Body = kind switch { FaultKind.OtherSession => other, FaultKind.Status => $$"""{"message":"{{Reason}}"}""", _ => null },
            RetryAfter = random.Next(4) switch { 0 => "1", 1 => "600", _ => null },
            Delay = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? 500 : 40)
        }];
    }

    /// <summary>Until the plan is cleared; asked about by all, or only by those who read a status.</summary>
    public static FaultRule ForDays(int value) =>
        _forDays[value % _forDays.Length] with { Operation = value % 5 == 0 ? MionOperations.Any : MionOperations.GetStatus };

    /// <summary>The answer to a creation is lost, and what was created is not shown for a while.</summary>
    private static IReadOnlyList<FaultRule> LateToShow(int looks) =>
    [
        new() { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession, Count = 1 },
        new() { Kind = FaultKind.Status, StatusCode = 404, Operation = MionOperations.GetByReference, Count = looks }
    ];

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
        var kind = (ShopFault)random.Next(5);
        return random.Next(5) switch
        {
            0 => (ShopFault.Fails, random.Next(12), ShopPlace.Reads),
            1 => (kind, random.Next(14), ShopPlace.Writes),
            // about as many lines as there are between a claim and its end
            _ => (kind, random.Next(36), ShopPlace.AfterClaim)
        };
    }
}
