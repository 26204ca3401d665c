namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>How something goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Takes <see cref="FaultRule.Delay"/> longer; several such rules add up, and go with any other fault.</summary>
    Latency,

    /// <summary>The operation is performed, and the connection breaks before its answer.</summary>
    LostAnswer,

    /// <summary>Nothing is answered until the client hangs up.</summary>
    NoAnswer,

    /// <summary>Answers <see cref="FaultRule.StatusCode"/>, maybe with <c>Retry-After</c> and a body.</summary>
    Status,

    /// <summary>Half of the JSON.</summary>
    TruncatedJson,

    /// <summary>200 with a web page in place of JSON.</summary>
    Html,

    /// <summary>200 with no body.</summary>
    Empty,

    /// <summary>The right answer with two megabytes of padding.</summary>
    Huge,

    /// <summary>The right fields with values of other types.</summary>
    WrongTypes,

    /// <summary>307 to another host name, where the same stand-in listens: who follows is seen in the counters.</summary>
    Redirect,

    /// <summary>403 with a web page: a bot protection in front of the API wants to see a browser.</summary>
    Challenge,

    /// <summary>The right answer without <c>reference</c>, <c>amount</c> and <c>currencyIso3</c>.</summary>
    WithoutReference,

    /// <summary>The right answer, but about the session in <see cref="FaultRule.Body"/>, and without a reference.</summary>
    OtherSession,

    /// <summary>The right answer without <c>paidAt</c>.</summary>
    WithoutPaidAt,

    /// <summary>The answer of before any payment: what is read lags behind what callbacks say.</summary>
    Lagging,

    /// <summary>The right answer as JSON, RFC 3339 and Unicode let a sender write it too: a byte order mark, other times.</summary>
    OtherForm,

    /// <summary>A callback is not sent.</summary>
    CallbackDrop,

    /// <summary>A callback is sent <see cref="FaultRule.Copies"/> times more, at the same moment.</summary>
    CallbackDuplicate,

    /// <summary>A callback comes <see cref="FaultRule.Delay"/> late, and others may overtake it.</summary>
    CallbackDelay,

    /// <summary>A callback is sent after the one that follows it.</summary>
    CallbackReorder,

    /// <summary>A callback's body is <see cref="FaultRule.Body"/>, or one of several kinds of nonsense.</summary>
    CallbackGarbage
}

/// <summary>One thing that goes wrong, where, and how often.</summary>
public sealed record FaultRule
{
    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>One of <see cref="MionOperations.Api"/> or <see cref="MionOperations.Any"/>; has no meaning for callbacks.</summary>
    public string Operation { get; init; } = MionOperations.Any;

    /// <summary>The next so many calls; null for all until the plan is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>The share of calls that are hit, above 0 and up to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Makes a probability repeatable: the same calls of a run are hit, counted from the rule's first.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long <see cref="FaultKind.Latency"/> and <see cref="FaultKind.CallbackDelay"/> take, in real time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; init; } = 503;

    /// <summary>For <see cref="FaultKind.Status"/>: seconds, or a date as HTTP writes it.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/> and <see cref="FaultKind.CallbackGarbage"/>; the session's id for <see cref="FaultKind.OtherSession"/>.</summary>
    public string? Body { get; init; }

    /// <summary>For <see cref="FaultKind.Redirect"/>; without it, the same address under the host name "localhost".</summary>
    public Uri? Location { get; init; }

    /// <summary>For <see cref="FaultKind.CallbackDuplicate"/>: how many besides the first.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>
    /// Whether the operation is performed all the same, such as a session created behind a 502, or before a latency
    /// that is too long for the client. Answers that are lost or distorted are always those of a performed operation.
    /// </summary>
    public bool Performed { get; init; }

    internal bool IsForCallbacks => Kind >= FaultKind.CallbackDrop;

    /// <summary>Whether it goes together with another fault; of the others only the first hits a call.</summary>
    internal bool Combines => IsForCallbacks || Kind == FaultKind.Latency;

    internal bool Concerns(string operation) => operation == MionOperations.Callback
        ? IsForCallbacks
        : !IsForCallbacks && (Operation == MionOperations.Any || Operation == operation);

    /// <exception cref="ArgumentException">Says what is wrong with the rule.</exception>
    internal void Validate()
    {
        Require(Operation == MionOperations.Any || IsForCallbacks || MionOperations.Api.Contains(Operation),
            $"operation must be {string.Join(", ", MionOperations.Api)} or {MionOperations.Any}");
        Require(Count is null or > 0, "count must be at least 1");
        Require(Probability is > 0 and <= 1, "probability must be above 0 and at most 1");
        Require(Delay >= TimeSpan.Zero && Delay <= TimeSpan.FromHours(1), "delay must be between zero and an hour");
        Require(StatusCode is >= 200 and <= 599, "statusCode must be between 200 and 599");
        Require(Copies is > 0 and <= 100, "copies must be between 1 and 100");
        Require(Kind != FaultKind.OtherSession || Body is { Length: > 0 }, "body must be the id of the other session");
        Require(Location is null or { IsAbsoluteUri: true }, "location must be absolute");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException($"A fault's {message}.");
    }
}
