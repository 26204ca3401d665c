using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// Charges an order, or an amount, face to face. An order has one open charge whoever presses the button; an amount has
/// one for each key, which the page makes when it is shown, so that a double click or a reload goes on with the same charge.
/// </summary>
public class TillCharging(
    ISettingService settingService,
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
        return await OpenAsync(await RequestAsync(order.StoreId, origin, attempt => PaymentUrls.GetReference(order, attempt)) with { Order = order });
    }

    /// <summary>Charges an amount without an order, or goes on with the charge of the same key.</summary>
    /// <param name="storeId">The store that is paid.</param>
    /// <param name="amountCents">Euro cents.</param>
    /// <param name="note">What it is for; may be empty.</param>
    /// <param name="chargeKey">A token that the page made for this charge.</param>
    public async Task<OpeningResult> ChargeAmountAsync(int storeId, long amountCents, string? note, string? chargeKey, TillOrigin origin)
    {
        if (amountCents is <= 0 or > EuroInput.MaxCents || !SecretToken.IsWellFormed(chargeKey))
            return new(OpeningProblem.BadAmount);
        // the amount belongs to the key: a page that a browser shows again from its memory may be filled in anew
        return await ChargeAsync(storeId, amountCents, note?.Trim() ?? string.Empty, origin, PaymentUrls.GetChargeReference(chargeKey!, amountCents));
    }

    /// <summary>Goes on with the charge of an amount that Mion has not confirmed.</summary>
    public Task<OpeningResult> ResumeAmountAsync(MionPaymentSession session) =>
        ChargeAsync(session.StoreId, session.AmountCents, session.Note, new(session.ScreenToken, session.TillName, session.AssistantId), session.Reference);

    /// <summary>Gives a charge up. It is still watched: the customer may have scanned it.</summary>
    public async Task CancelAsync(MionPaymentSession session)
    {
        if (await store.TryCancelAsync(session.Id, timeProvider.GetUtcNow().UtcDateTime))
            await journal.CancelledAsync(session);
    }

    private async Task<OpeningResult> ChargeAsync(int storeId, long amountCents, string note, TillOrigin origin, string reference) =>
        await OpenAsync(await RequestAsync(storeId, origin, attempt => attempt == 1 ? reference : string.Create(CultureInfo.InvariantCulture, $"{reference}-{attempt}")) with
        {
            AmountCents = amountCents,
            Note = TextLimits.Cut(note, TillDefaults.MaxNoteLength)
        });

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

    private async Task<OpeningResult> OpenAsync(OpeningRequest request)
    {
        var result = await opening.OpenAsync(request);
        // the first code is there when the page is
        if (result is { Problem: OpeningProblem.None, Session: { } session })
            await attempts.GetCurrentAsync(session);
        return result;
    }
}
