using System.Globalization;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>
/// A value that may stand in the log: the list of those that there are. Nothing else compiles in a <see cref="LogText"/>.
/// </summary>
/// <remarks>
/// Not on the list, and not to be put there: keys, tokens and the addresses that hold them, and whatever names a person,
/// such as an e-mail address, a name, a comment.
/// </remarks>
public readonly record struct LogField
{
    private const int MaxLength = 400;

    private readonly string? _text;

    private LogField(string text) => _text = TextLimits.Cut(text, MaxLength);

    /// <summary>As it is written.</summary>
    public override string ToString() => _text ?? string.Empty;

    /// <summary>An order, by its id.</summary>
    public static LogField Order(int orderId) => Number(orderId);

    /// <summary>A row of the plugin's, by its id.</summary>
    public static LogField Row(int id) => Number(id);

    /// <summary>A store, by its id.</summary>
    public static LogField Store(int storeId) => Number(storeId);

    /// <summary>How many.</summary>
    public static LogField Count(int count) => Number(count);

    /// <summary>Mion's id of a session; whatever else stands in the place of one is left out.</summary>
    public static LogField MionId(string paymentSessionId) => new(new string([.. paymentSessionId.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')]));

    /// <summary>What is to be paid.</summary>
    public static LogField Amount(long cents) => new(string.Create(CultureInfo.InvariantCulture, $"€{cents / 100m:0.00}"));

    /// <summary>How a call to Mion failed: the operation and the kind, which name no key.</summary>
    public static LogField Failure(MionApiException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(exception.Message);
    }

    /// <summary>One of the plugin's own words: a state, a reason, a result.</summary>
    public static LogField Word<T>(T value) where T : struct, Enum => new(value.ToString());

    /// <summary>A name that stands in the code.</summary>
    public static LogField Name([System.Diagnostics.CodeAnalysis.ConstantExpected] string name) => new(name);

    /// <summary>The resource of a note or an alert, which names its reason.</summary>
    public static LogField Resource(string name) => new(new string([.. name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.')]));

    /// <summary>Whose server it was: the domain of an address, without what stands behind it.</summary>
    public static LogField Domain(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new(address.IdnHost);
    }

    /// <summary>A version of the plugin.</summary>
    public static LogField Version(string version) => new(new string([.. version.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.')]));

    /// <summary>How many lines of a kind <see cref="LogDigest"/> has left out.</summary>
    public static LogField More(string suffix) => new(suffix);

    /// <summary>How a call to Mion went out: method and path, whose ids are Mion's and ours; no query.</summary>
    public static LogField Call(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new($"{request.Method} {request.RequestUri?.AbsolutePath}");
    }

    /// <summary>How it was answered: an HTTP status.</summary>
    public static LogField Status(System.Net.HttpStatusCode status) => Number((int)status);

    /// <summary>How long it took, in milliseconds.</summary>
    public static LogField Duration(TimeSpan duration) => new(string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"));

    /// <summary>What kind of exception it was.</summary>
    public static LogField Kind(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(exception.GetType().Name);
    }

    private static LogField Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}
