using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Prepares the digital receipt, without asking who looks at it: nopCommerce would make a guest record of every phone.</summary>
public class ReceiptModelFactory(IOrderService orderService, IStoreService storeService, KeptTexts texts, PaymentAttemptStore store, TimeProvider timeProvider)
{
    /// <summary>Prepares the page in the language that a browser asks for; null where there is no receipt now.</summary>
    /// <param name="culture">Such as <c>de-AT</c>; anything at all.</param>
    public async Task<ReceiptModel?> PrepareAsync(MionPaymentSession session, string culture)
    {
        if (await PrepareAsync(session, texts.FormatFor(LanguageCulture.OfBrowser(culture))) is not { } model)
            return null;
        (model.Language, model.Texts) = (MionStrings.FindLanguage(culture), MionStrings.For(culture));
        return model;
    }

    /// <summary>Prepares what the receipt says; without texts. Null where there is no receipt now.</summary>
    /// <param name="format">How its reader reads amounts and times.</param>
    public async Task<ReceiptModel?> PrepareAsync(MionPaymentSession session, ReaderFormat format)
    {
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        if (TillReceipt.GetEnd(session, utcNow) is not { } endUtc || await storeService.GetStoreByIdAsync(session.StoreId) is not { } paid)
            return null;
        var amounts = ChargeAmounts.Of(session, format);
        var order = session.IsForOrder() ? await orderService.GetOrderByGuidAsync(session.OrderGuid) : null;
        return new ReceiptModel
        {
            StoreName = paid.Name,
            StoreUrl = PaymentUrls.GetStoreUrl(paid),
            Url = TillReceipt.GetUrl(session, paid, utcNow),
            OrderNumber = order?.CustomOrderNumber ?? string.Empty,
            Base = amounts.Base,
            Tip = amounts.Tip,
            Sum = amounts.Sum,
            Euro = amounts.Euro,
            Satoshi = MionPaymentAttempt.FormatPaid(await store.GetAllAsync(session.Id), session.PaidOnUtc!.Value, format.Culture),
            PaidOn = format.Time(session.PaidOnUtc),
            Reference = session.IsAtMion() ? session.PaymentSessionId : session.Reference,
            Until = format.Local(endUtc).ToString("d", format.Culture)
        };
    }
}
