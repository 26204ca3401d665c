using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Prepares the shop assistant's pages.</summary>
public class TillModelFactory(
    IOrderService orderService,
    ISettingService settingService,
    IStoreContext storeContext,
    IStoreService storeService,
    EuroConversion euroConversion,
    PaymentAttemptStore store,
    PaymentTexts texts,
    TimeProvider timeProvider)
{
    private const int LatestCharges = 10;

    /// <summary>Prepares the start page.</summary>
    /// <param name="model">What was typed, where it could not be charged.</param>
    public async Task<TillStartModel> PrepareStartAsync(TillBrowser till, TillStartModel? model = null)
    {
        model ??= new TillStartModel();
        var stores = await storeService.GetAllStoresAsync();
        model.Stores = [.. stores.Select(candidate => KeyValuePair.Create(candidate.Id, candidate.Name))];
        if (model.StoreId == 0)
            model.StoreId = (await storeContext.GetCurrentStoreAsync()).Id;
        if (model.ChargeKey.Length == 0)
            model.ChargeKey = SecretToken.Create();
        model.ScreenUrl = await GetScreenUrlAsync(model.StoreId, till.ScreenToken);
        model.TillName = till.Name;
        model.CanConfigure = await till.MayConfigureAsync();
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        var format = await texts.FormatAsync();
        var latest = new List<TillLineModel>();
        var seesAll = await till.MaySeeAllTillsAsync();
        foreach (var session in await store.GetLatestAsync(LatestCharges, seesAll ? null : till.Name))
        {
            // attempts are left out: whether there is a code at this second is of no interest here
            latest.Add(new(session.Id, await GetOrderNumberAsync(session), session.Note, ChargeAmounts.Of(session, format).Parts(),
                format.ShortTime(session.CreatedOnUtc, utcNow), TillStatusService.GetState(session, attempt: null, utcNow), seesAll ? session.TillName : string.Empty));
        }

        model.Latest = latest;
        model.CurrencyCode = await euroConversion.GetPrimaryCodeAsync();
        model.Currency = EuroConversion.IsEuro(model.CurrencyCode) ? "€" : model.CurrencyCode;
        model.AmountExample = EuroAmount.ToEuro(0).ToString("0.00", format.Culture);
        return model;
    }

    /// <summary>The amount that an assistant has typed, as people write it who read their language; null for none.</summary>
    public async Task<decimal?> ReadAmountAsync(string? text) =>
        AmountInput.TryParse(text, (await texts.FormatAsync()).Culture, out var hundredths) ? EuroAmount.ToEuro(hundredths) : null;

    /// <summary>The tip that was chosen; null where it is none that is offered.</summary>
    public async Task<Tip?> ReadTipAsync(MionPaymentSession session, int? percent, string? text) =>
        TipOffer.Of(await settingService.LoadSettingAsync<MionTillSettings>(session.StoreId)).Read(session, percent, text, (await texts.FormatAsync()).Culture);

    /// <summary>Prepares the page of a charge.</summary>
    public async Task<TillChargeModel> PrepareChargeAsync(TillStatus status)
    {
        var session = status.Session;
        var settings = await settingService.LoadSettingAsync<MionTillSettings>(session.StoreId);
        var attempt = status.Attempt;
        var format = await texts.FormatAsync();
        var culture = format.Culture;
        var isPayable = status.State == TillState.Waiting;
        var tips = TipOffer.Of(settings);
        var amounts = ChargeAmounts.Of(session, format);
        var paid = await storeService.GetStoreByIdAsync(session.StoreId);
        return new TillChargeModel
        {
            Id = session.Id,
            State = status.State,
            Problem = status.Problem,
            OrderNumber = await GetOrderNumberAsync(session),
            Reference = session.Reference,
            Note = session.Note,
            Amount = amounts.Sum,
            Base = amounts.Base,
            Tip = amounts.Tip,
            Euro = amounts.Euro,
            Tips = TipButton.Make(tips, session, format),
            AllowsFreeTip = tips.AllowsFree,
            LargestTip = format.Money(EuroAmount.ToEuro(TipOffer.GetLargest(EuroAmount.ToCents(session.OrderTotal), session.ExchangeRate)), session.CurrencyCode),
            Satoshi = await FormatSatoshiAsync(status, culture),
            Bitcoin = attempt is null ? string.Empty : new MilliSatoshi(attempt.AmountMsat).FormatBitcoin(culture),
            AttemptId = isPayable ? attempt!.Id : 0,
            Invoice = isPayable ? attempt!.Invoice : string.Empty,
            MillisecondsLeft = isPayable ? attempt!.GetMillisecondsLeft(timeProvider.GetUtcNow().UtcDateTime) : 0,
            OnChainAddress = isPayable && settings.AllowOnChain ? attempt!.OnChainAddress : string.Empty,
            SuggestedFeeRate = decimal.TryParse(attempt?.SuggestedFeeRate, CultureInfo.InvariantCulture, out var feeRate) ? format.Rate(feeRate) : string.Empty,
            MissingCustomerFields = attempt?.MissingCustomerFields ?? string.Empty,
            NextMilliseconds = status.NextMilliseconds,
            IsMionReachable = status.IsMionReachable,
            PaidOn = format.Time(session.PaidOnUtc),
            PaymentSessionId = session.PaymentSessionId,
            StoreName = paid?.Name ?? string.Empty,
            ReceiptCode = TillReceipt.GetCode(session, paid, timeProvider.GetUtcNow().UtcDateTime),
            ScreenUrl = session.ScreenToken.Length > 0 ? await GetScreenUrlAsync(session.StoreId, session.ScreenToken) : string.Empty,
            ChargeKey = SecretToken.Create(),
            Sound = settings.Sound,
            ReturnSeconds = settings.ReturnSeconds
        };
    }

    /// <summary>Address of a customer's screen; empty where there is no such store.</summary>
    public async Task<string> GetScreenUrlAsync(int storeId, string screenToken) =>
        await storeService.GetStoreByIdAsync(storeId) is { } paid ? $"{PaymentUrls.GetStoreUrl(paid)}/{MionDefaults.Path.TillScreen}/{screenToken}" : string.Empty;

    private async Task<string> GetOrderNumberAsync(MionPaymentSession session) =>
        session.IsForOrder() ? (await orderService.GetOrderByGuidAsync(session.OrderGuid))?.CustomOrderNumber ?? string.Empty : string.Empty;

    private async Task<string> FormatSatoshiAsync(TillStatus status, CultureInfo culture) => status switch
    {
        { Attempt: null } => string.Empty,
        { Session.PaidOnUtc: { } paidOnUtc } => MionPaymentAttempt.FormatPaid(await store.GetAllAsync(status.Session.Id), paidOnUtc, culture),
        _ => new MilliSatoshi(status.Attempt.AmountMsat).FormatSatoshi(culture)
    };
}
