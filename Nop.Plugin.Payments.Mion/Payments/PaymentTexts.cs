using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Puts what the plugin stores into words, amounts and times of whoever looks: in the admin area, or at checkout.</summary>
public class PaymentTexts(ICustomerService customerService, IDateTimeHelper dateTimeHelper, KeptTexts keptTexts, ILocalizationService localizationService, IWorkContext workContext)
{
    private ReaderFormat? _format;
    private bool _isForOwner;

    /// <summary>From now on in the store owner's language and the store's time zone: nobody looks, or a machine, which nopCommerce would make a guest.</summary>
    public void WriteForOwner() => _isForOwner = true;

    /// <summary>A text of the plugin with its placeholders filled in. Not HTML.</summary>
    /// <param name="name">Resource below <c>Plugins.Payments.Mion.</c>.</param>
    public async Task<string> GetAsync(string name, params object[] arguments)
    {
        if (_isForOwner)
            return await keptTexts.GetAsync(keptTexts.OwnerLanguageId, name, arguments);
        var text = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.{name}");
        return arguments.Length == 0 ? text : MionStrings.Format(text, arguments);
    }

    /// <summary>A time as the reader reads it, or empty.</summary>
    public async Task<string> TimeAsync(DateTime? utc) => utc is null ? string.Empty : (await FormatAsync()).Time(utc);

    /// <summary>How the reader reads amounts, numbers and times: by the language and the time zone that they have chosen in the store.</summary>
    public async Task<ReaderFormat> FormatAsync() => _format ??= _isForOwner
        ? await keptTexts.FormatAsync(keptTexts.OwnerLanguageId)
        : new ReaderFormat(LanguageCulture.Of(await workContext.GetWorkingLanguageAsync()), await dateTimeHelper.GetCurrentTimeZoneAsync());

    /// <summary>How far a session has come.</summary>
    public Task<string> StateAsync(MionPaymentSession session) =>
        GetAsync(SessionRules.UnknownAtMion.Holds(session) ? "State.UnknownAtMion"
            : session is { IsTill: true, CancelledOnUtc: not null, FundsSeen: false, State: PaymentSessionState.Opening or PaymentSessionState.Open } ? "Till.Badge.Cancelled"
            : session is { IsReserved: true, IsTill: true } ? "State.TipOpen"
            : session.IsReserved ? "State.Reserved"
            : session is { FundsSeen: true, State: PaymentSessionState.Open or PaymentSessionState.Expired } ? "State.Seen"
            : $"State.{session.State}");

    /// <summary>How a session was paid; Mion's own word where it is one that the guide does not list.</summary>
    public async Task<string> MethodAsync(string method) =>
        PaidWithBitcoin.FindMethodResource(method) is { } resource ? await GetAsync(resource) : method;

    /// <summary>As <see cref="MethodAsync"/>, and a word where Mion has said none.</summary>
    public async Task<string> MethodNameAsync(string method) => method.Length == 0 ? await GetAsync("Method.NotNamed") : await MethodAsync(method);

    /// <summary>Who charged at the till: the account's name, else its e-mail address, else its number; empty for nobody.</summary>
    public async Task<string> AssistantAsync(int? customerId)
    {
        if (customerId is not { } id)
            return string.Empty;
        var customer = await customerService.GetCustomerByIdAsync(id);
        var name = $"{customer?.FirstName} {customer?.LastName}".Trim();
        return name.Length > 0 ? name : customer is { Email.Length: > 0 } ? customer.Email : string.Create(CultureInfo.InvariantCulture, $"#{id}");
    }

    /// <summary>The till and whoever charged there: <c>Counter · Anna</c>; empty for a payment at Mion's checkout.</summary>
    public async Task<string> TillAsync(MionPaymentSession session) =>
        string.Join(" · ", new[] { session.TillName, await AssistantAsync(session.AssistantId) }.Where(part => part.Length > 0));

    /// <summary>A line of the history.</summary>
    public async Task<(string What, string Trigger, string Detail)> HistoryAsync(MionPaymentEvent line)
    {
        // there is nothing that a charge without an order could be applied to: how far it has come is all that happened
        var isCharge = line is { OrderId: 0, Kind: PaymentEventKind.Paid or PaymentEventKind.NeedsPerson };
        var what = await GetAsync(isCharge ? $"State.{line.Kind}" : $"Event.{line.Kind}");
        var trigger = Enum.IsDefined((CheckTrigger)line.TriggerId) ? await GetAsync($"Trigger.{(CheckTrigger)line.TriggerId}") : string.Empty;
        var detail = line.Kind switch
        {
            PaymentEventKind.NeedsPerson when Enum.TryParse<ReviewReason>(line.Detail, out var reason) => await GetAsync($"Reason.{reason}"),
            PaymentEventKind.Paid or PaymentEventKind.Seen => await MethodAsync(line.Detail),
            PaymentEventKind.Opened when long.TryParse(line.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var tipCents) =>
                $"{await GetAsync("Panel.Tip")}: {(await FormatAsync()).Amount(tipCents)}",
            PaymentEventKind.NotOpened or PaymentEventKind.WebhookRefused => await FailureAsync(line.Detail),
            _ => line.Detail
        };
        return (what, trigger, detail);
    }

    /// <summary>What went wrong, and what to do about it; what was stored follows in brackets, for whoever is asked for help.</summary>
    /// <param name="stored">What was stored: a failure of Mion's API, or one of the plugin's own sentences.</param>
    /// <returns>The text; anything else that was stored as it is.</returns>
    public Task<string> FailureAsync(string stored) => FailureAsync(stored, resource => GetAsync(resource));

    /// <summary>As <see cref="FailureAsync(string)"/>, for a reader who is not here.</summary>
    /// <param name="getAsync">A text of the plugin in the reader's language.</param>
    internal static async Task<string> FailureAsync(string stored, Func<string, Task<string>> getAsync) =>
        FindFailureResource(stored) is { } resource ? $"{await getAsync(resource)} ({stored})" : stored;

    private static string? FindFailureResource(string stored) => stored switch
    {
        OrderPayment.OrderInOtherHands => "Failure.OrderInOtherHands",
        OrderPayment.NotBrought => "Failure.NotBrought",
        _ => MionApiException.FindKind(stored) switch
        {
            null => null,
            MionApiErrorKind.Unreachable or MionApiErrorKind.TimedOut => "ConnectionTest.Unreachable",
            MionApiErrorKind.Redirected => "ConnectionTest.Redirected",
            MionApiErrorKind.SomethingInFront => "ConnectionTest.SomethingInFront",
            MionApiErrorKind.Unauthorized => "ConnectionTest.KeyRefused",
            MionApiErrorKind.Forbidden => "ConnectionTest.PermissionMissing",
            MionApiErrorKind.ServerError or MionApiErrorKind.UnreadableAnswer => "ConnectionTest.ErrorAtMion",
            { } kind => $"Failure.{kind}"
        }
    };
}
