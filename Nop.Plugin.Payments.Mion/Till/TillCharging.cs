using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// Charges an order, or an amount, face to face. An order has one open charge whoever presses the button; an amount has
/// one for each key, which the page makes when it is shown, so that a double click or a reload goes on with the same charge.
/// </summary>
public class TillCharging(
    IOrderService orderService,
    ISettingService settingService,
    EuroConversion euroConversion,
    PaymentJournal journal,
    PaymentSessionStore store,
    SessionOpening opening,
    TillAttempts attempts,
    TimeProvider timeProvider)
{
    /// <summary>Charges an order, or goes on with its open charge.</summary>
    public async Task<OpeningResult> ChargeOrderAsync(Order order, TillOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(order);
        return await OpenAsync(await RequestAsync(order, origin));
    }

    /// <summary>Charges an amount without an order, or goes on with the charge of the same key.</summary>
    /// <param name="storeId">The store that is paid.</param>
    /// <param name="amount">In the currency of <paramref name="currencyCode"/>.</param>
    /// <param name="currencyCode">The currency that stood beside the amount; empty for the store's own.</param>
    /// <param name="note">What it is for; may be empty.</param>
    /// <param name="chargeKey">A token that the page made for this charge.</param>
    public async Task<OpeningResult> ChargeAmountAsync(int storeId, decimal amount, string? currencyCode, string? note, string? chargeKey, TillOrigin origin)
    {
        if (amount <= 0 || !SecretToken.IsWellFormed(chargeKey))
            return new(OpeningProblem.BadAmount);
        if (currencyCode?.Length == 0)
            currencyCode = null;
        if (await euroConversion.QuoteAsync(amount, currencyCode) is not { } quote)
            return new(EuroConversion.IsEuro(currencyCode) || await euroConversion.FindRateAsync(currencyCode) is not null ? OpeningProblem.BadAmount : OpeningProblem.NoEuroAmount);
        if (quote.AmountCents > TillDefaults.MaxCents)
            return new(OpeningProblem.BadAmount);
        // the amount belongs to the key: a page that a browser shows again from its memory may be filled in anew
        return await OpenAsync(await RequestAsync(storeId, quote, note?.Trim() ?? string.Empty, origin, PaymentUrls.GetChargeReference(chargeKey!, EuroAmount.ToCents(amount))));
    }

    /// <summary>Goes on with the charge of an amount that Mion has not confirmed.</summary>
    public async Task<OpeningResult> ResumeAmountAsync(MionPaymentSession session) => await OpenAsync(await RequestAsync(session));

    /// <summary>Opens a charge that waits for its tip. The first who chooses, the assistant or the customer, has chosen.</summary>
    public async Task<OpeningResult> ChooseTipAsync(MionPaymentSession session, Tip tip)
    {
        if (session is not { IsReserved: true, CancelledOnUtc: null })
            return new(OpeningProblem.None, session);
        var order = session.IsForOrder() ? await orderService.GetOrderByGuidAsync(session.OrderGuid) : null;
        if (session.IsForOrder() && order is null)
            return new(OpeningProblem.OrderNotFound);
        var request = order is null ? await RequestAsync(session) : await RequestAsync(order, OriginOf(session));
        var current = await opening.ReserveAsync(request);
        if (current.Session?.Id == session.Id)
            return await BeginAsync(request with { Tip = tip });
        // of another amount, since the order has changed: its tip is to be chosen anew, and the old one's is not any more
        if (current.Problem == OpeningProblem.None)
            await store.TryCancelAsync(session.Id, timeProvider.GetUtcNow().UtcDateTime);
        return current;
    }

    /// <summary>Gives a charge up. It is still watched: the customer may have scanned it.</summary>
    public async Task CancelAsync(MionPaymentSession session)
    {
        if (await store.TryCancelAsync(session.Id, timeProvider.GetUtcNow().UtcDateTime))
            await journal.CancelledAsync(session);
    }

    private Task<OpeningRequest> RequestAsync(MionPaymentSession session) =>
        RequestAsync(session.StoreId, new(session.AmountCents, session.OrderTotal, session.CurrencyCode, session.ExchangeRate, session.ExchangeRateOnUtc), session.Note, OriginOf(session), session.Reference);

    private async Task<OpeningRequest> RequestAsync(Order order, TillOrigin origin) =>
        await RequestAsync(order.StoreId, origin, attempt => PaymentUrls.GetReference(order, attempt)) with { Order = order };

    private async Task<OpeningRequest> RequestAsync(int storeId, EuroQuote quote, string note, TillOrigin origin, string reference) =>
        await RequestAsync(storeId, origin, attempt => attempt == 1 ? reference : string.Create(CultureInfo.InvariantCulture, $"{reference}-{attempt}")) with
        {
            Quote = quote,
            Note = TextLimits.Cut(note, TillDefaults.MaxNoteLength)
        };

    private async Task<OpeningRequest> RequestAsync(int storeId, TillOrigin origin, Func<int, string> getReference) => new()
    {
        StoreId = storeId,
        Trigger = CheckTrigger.Till,
        Lifetime = (await settingService.LoadSettingAsync<MionTillSettings>(storeId)).GetLifetime(),
        ReuseMargin = TillDefaults.ReuseMargin,
        GetReference = getReference,
        ScreenToken = origin.ScreenToken,
        TillName = origin.TillName,
        AssistantId = origin.AssistantId
    };

    private static TillOrigin OriginOf(MionPaymentSession session) => new(session.ScreenToken, session.TillName, session.AssistantId);

    /// <summary>Opens a charge, or reserves it until its tip is chosen, where the store offers one.</summary>
    private async Task<OpeningResult> OpenAsync(OpeningRequest request)
    {
        if (!TipOffer.Of(await settingService.LoadSettingAsync<MionTillSettings>(request.StoreId)).IsOn)
            return await BeginAsync(request);
        var reserved = await opening.ReserveAsync(request);
        return reserved is { Problem: OpeningProblem.None, Session.IsReserved: false } ? await BeginAsync(request) : reserved;
    }

    private async Task<OpeningResult> BeginAsync(OpeningRequest request)
    {
        var result = await opening.OpenAsync(request);
        // the first code is there when the page is
        if (result is { Problem: OpeningProblem.None, Session: { } session })
            await attempts.GetCurrentAsync(session);
        return result;
    }
}
