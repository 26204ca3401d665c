using System.Globalization;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Factories;

/// <summary>
/// Puts what the plugin stores into words and times of whoever looks at the admin area.
/// </summary>
public class PaymentTexts(IDateTimeHelper dateTimeHelper, ILocalizationService localizationService)
{
    /// <summary>A text of the plugin with its placeholders filled in. Not HTML.</summary>
    /// <param name="name">Resource below <c>Plugins.Payments.Mion.</c>.</param>
    /// <param name="arguments">What the placeholders stand for.</param>
    public async Task<string> GetAsync(string name, params object[] arguments)
    {
        var text = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.{name}");
        return arguments.Length == 0 ? text : MionStrings.Format(text, arguments);
    }

    /// <summary>A time in the user's time zone and format, or empty.</summary>
    /// <param name="utc">UTC.</param>
    public async Task<string> TimeAsync(DateTime? utc) =>
        utc is { } time ? (await dateTimeHelper.ConvertToUserTimeAsync(time, DateTimeKind.Utc)).ToString("g", CultureInfo.CurrentCulture) : string.Empty;

    /// <summary>How far a session has come.</summary>
    /// <param name="session">The session.</param>
    public Task<string> StateAsync(MionPaymentSession session) =>
        GetAsync(session is { FundsSeen: true, State: PaymentSessionState.Open or PaymentSessionState.Expired } ? "State.Seen" : $"State.{session.State}");

    /// <summary>How a session was paid; Mion's own word where it is one that the guide does not list.</summary>
    /// <param name="method">Mion's <c>paymentMethod</c>.</param>
    public async Task<string> MethodAsync(string method) =>
        PaymentMention.FindMethodResource(method) is { } resource ? await GetAsync(resource) : method;

    /// <summary>A line of the history.</summary>
    /// <param name="line">The line as stored.</param>
    public async Task<(string What, string Trigger, string Detail)> HistoryAsync(MionPaymentEvent line)
    {
        var what = await GetAsync($"Event.{line.Kind}");
        var trigger = Enum.IsDefined((CheckTrigger)line.TriggerId) ? await GetAsync($"Trigger.{(CheckTrigger)line.TriggerId}") : string.Empty;
        var detail = line.Kind switch
        {
            PaymentEventKind.NeedsPerson when Enum.TryParse<ReviewReason>(line.Detail, out var reason) => await GetAsync($"Reason.{reason}"),
            PaymentEventKind.Paid or PaymentEventKind.Seen => await MethodAsync(line.Detail),
            _ => line.Detail
        };
        return (what, trigger, detail);
    }
}
