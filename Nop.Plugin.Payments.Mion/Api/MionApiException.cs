using System.Net;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>What can go wrong between the store and Mion, by what a person would do about it.</summary>
public enum MionApiErrorKind
{
    /// <summary>An address or the API key in the settings cannot be used; nothing was sent.</summary>
    Misconfigured,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Mion failed again and again just now; nothing was sent.</summary>
    CircuitOpen,

    /// <summary>Mion asked to wait, and the time is not over; nothing was sent.</summary>
    ToldToWait,

    /// <summary>401: the API key is not accepted.</summary>
    Unauthorized,

    /// <summary>403: the API key lacks a permission.</summary>
    Forbidden,

    /// <summary>404 or 410: unknown session, or a wrong path.</summary>
    NotFound,

    /// <summary>Another 4xx: Mion does not accept the request.</summary>
    Rejected,

    /// <summary>429: too many requests.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>3xx: the API never redirects, so this is something else in its place; not followed.</summary>
    Redirected,

    /// <summary>A refusal that cannot be Mion's, such as a web page: a firewall, a bot protection or a proxy answers in its place, or the address is another's.</summary>
    SomethingInFront,

    /// <summary>An answer that is not what the guide describes, or larger than 1 MB.</summary>
    UnreadableAnswer
}

/// <summary>A call to Mion's API failed. The only exception that <see cref="MionApiClient"/> throws.</summary>
/// <remarks>The message names the operation and the failure, never a key, and can go into a log.</remarks>
public sealed class MionApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="detail">What is known beyond the kind; free of secrets.</param>
    public MionApiException(MionApiErrorKind kind, string operation, string? detail = null, Exception? innerException = null)
        : base($"{operation}: {Describe(kind)}{(string.IsNullOrEmpty(detail) ? "" : $" ({detail})")}", innerException)
    {
        Kind = kind;
        Operation = operation;
    }

    /// <summary>
    /// A session that nobody has been shown says that it is paid: what is read as the time of the payment is something else, and
    /// would mark every order as paid.
    /// </summary>
    public static MionApiException PaidUnseen() =>
        new(MionApiErrorKind.UnreadableAnswer, "Initiate a new payment session", "it is paid before anybody was shown it") { IsFinal = true };

    /// <summary>What went wrong.</summary>
    public MionApiErrorKind Kind { get; }

    /// <summary>Mion's name of the operation.</summary>
    public string Operation { get; }

    /// <summary>The HTTP status, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Whether looking again would not help.</summary>
    public bool IsFinal { get; private init; }

    /// <summary>What Mion asked to wait, or what is left of it, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed soon.</summary>
    public bool IsTransient => Kind is MionApiErrorKind.Unreachable or MionApiErrorKind.TimedOut
        or MionApiErrorKind.RateLimited or MionApiErrorKind.ServerError;

    /// <summary>Whether Mion may have carried the call out although it failed here.</summary>
    public bool MayHaveHappened => Kind is MionApiErrorKind.Unreachable or MionApiErrorKind.TimedOut
        or MionApiErrorKind.ServerError or MionApiErrorKind.UnreadableAnswer or MionApiErrorKind.Redirected
        or MionApiErrorKind.SomethingInFront;

    /// <summary>Whether the call has left the store at all. Whatever was answered, Mion may have carried it out.</summary>
    public bool WasSent => Kind is not (MionApiErrorKind.Misconfigured or MionApiErrorKind.CircuitOpen or MionApiErrorKind.ToldToWait);

    /// <summary>
    /// When to look whether a call that failed here has happened all the same: soon where that is likely, once in a
    /// while where Mion refused it, since a proxy may answer in its place, or could not be asked about an earlier try; null
    /// where the settings allow no call, or what came back cannot be believed.
    /// </summary>
    public TimeSpan? LookAgainIn => IsFinal || Kind == MionApiErrorKind.Misconfigured ? null
        : MayHaveHappened ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(10);

    /// <summary>Says what went wrong from a message that was stored, so that it can be told in the reader's language.</summary>
    /// <returns>The kind; null where the text is no message of this exception.</returns>
    public static MionApiErrorKind? FindKind(string? message)
    {
        if (message?.Split(": ", 2) is not [{ Length: > 0 }, var rest])
            return null;
        foreach (var kind in Enum.GetValues<MionApiErrorKind>())
        {
            var words = Describe(kind);
            if (rest == words || rest.StartsWith(words + " (", StringComparison.Ordinal))
                return kind;
        }

        return null;
    }

    private static string Describe(MionApiErrorKind kind) => kind switch
    {
        MionApiErrorKind.Misconfigured => "the settings do not allow the call",
        MionApiErrorKind.Unreachable => "Mion cannot be reached",
        MionApiErrorKind.TimedOut => "no answer in time",
        MionApiErrorKind.CircuitOpen => "not tried, Mion failed repeatedly just now",
        MionApiErrorKind.ToldToWait => "not tried, Mion asked to wait",
        MionApiErrorKind.Unauthorized => "the API key is not accepted",
        MionApiErrorKind.Forbidden => "the API key lacks a permission",
        MionApiErrorKind.NotFound => "not found",
        MionApiErrorKind.Rejected => "Mion does not accept the request",
        MionApiErrorKind.RateLimited => "too many requests",
        MionApiErrorKind.ServerError => "an error at Mion",
        MionApiErrorKind.Redirected => "a redirect came instead of an answer",
        MionApiErrorKind.SomethingInFront => "something in front of Mion answered in its place",
        MionApiErrorKind.UnreadableAnswer => "the answer cannot be read",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null)
    };
}
