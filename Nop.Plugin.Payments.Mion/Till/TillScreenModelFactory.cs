using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// Prepares the customer's screen, without asking who looks at it: the screen is nobody's, and nopCommerce would make a
/// guest record of every tablet that is switched on.
/// </summary>
public class TillScreenModelFactory(
    ILanguageService languageService,
    ILocalizationService localizationService,
    ISettingService settingService,
    IStoreService storeService,
    PaymentAttemptStore store,
    TillStatusService statusService,
    TimeProvider timeProvider)
{
    private const string Prefix = MionDefaults.ResourcePrefix + ".TillScreen.";

    /// <summary>Prepares the state; without texts.</summary>
    /// <param name="token">Token of the screen, well-formed.</param>
    /// <param name="storeId">The store that the address belongs to.</param>
    public async Task<TillScreenModel> PrepareAsync(string token, int storeId)
    {
        if (await store.GetByScreenAsync(token) is not { } session)
            return new TillScreenModel { Token = token, State = TillState.Idle };
        var status = await statusService.ReadAsync(session);
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        if (status.IsFinal && utcNow - GetEnd(status.Session) > (status.State == TillState.Paid ? TillDefaults.ReceiptLinger : TillDefaults.ScreenLinger))
            return new TillScreenModel { Token = token, State = TillState.Idle };

        var attempt = status.Attempt;
        // no time is shown there
        var format = new ReaderFormat(LanguageCulture.Of(await GetLanguageAsync(storeId)), TimeZoneInfo.Utc);
        var amounts = ChargeAmounts.Of(session, format);
        var isPayable = status.State == TillState.Waiting;
        return new TillScreenModel
        {
            Token = token,
            // why there is no code is the assistant's business
            State = status.State == TillState.Problem ? TillState.Starting : status.State,
            Amount = amounts.Sum,
            Split = amounts.Tip.Length > 0 ? amounts.Parts() : string.Empty,
            Euro = amounts.Euro,
            Tips = status.State == TillState.Tip ? [new(0, string.Empty, amounts.Base), .. TipButton.Make(await LoadTipsAsync(session), session, format)] : [],
            Satoshi = attempt is null ? string.Empty : new MilliSatoshi(attempt.AmountMsat).FormatSatoshi(format.Culture),
            Bitcoin = attempt is null ? string.Empty : new MilliSatoshi(attempt.AmountMsat).FormatBitcoin(format.Culture),
            AttemptId = isPayable ? attempt!.Id : 0,
            MillisecondsLeft = isPayable ? attempt!.GetMillisecondsLeft(utcNow) : 0,
            NextMilliseconds = status.NextMilliseconds,
            ReceiptCode = TillReceipt.GetCode(status.Session, await storeService.GetStoreByIdAsync(session.StoreId), utcNow)
        };
    }

    /// <summary>The tip of a button that the screen shows; null where it is none that is offered.</summary>
    public async Task<Tip?> ReadTipAsync(MionPaymentSession session, int percent) =>
        (await LoadTipsAsync(session)).Read(session, percent, text: null, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Adds the texts in the store's own language, since the language of whoever stands before the screen is not known.</summary>
    /// <param name="storeId">The store that the address belongs to.</param>
    public async Task AddTextsAsync(TillScreenModel model, int storeId)
    {
        var language = await GetLanguageAsync(storeId);
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, english) in MionStrings.English.Where(text => text.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var text = language is null ? string.Empty : await localizationService.GetResourceAsync(key, language.Id, logIfNotFound: false,
                defaultValue: string.Empty, returnEmptyIfNotFound: true);
            texts[key[Prefix.Length..]] = string.IsNullOrEmpty(text) ? english : text;
        }

        model.Texts = texts;
        model.Language = language?.LanguageCulture is { Length: >= 2 } culture ? culture[..2] : "en";
    }

    private async Task<TipOffer> LoadTipsAsync(MionPaymentSession session) => TipOffer.Of(await settingService.LoadSettingAsync<MionTillSettings>(session.StoreId));

    private async Task<Language?> GetLanguageAsync(int storeId)
    {
        var languages = await languageService.GetAllLanguagesAsync(storeId: storeId);
        var defaultId = (await storeService.GetStoreByIdAsync(storeId))?.DefaultLanguageId ?? 0;
        return languages.FirstOrDefault(candidate => candidate.Id == defaultId) ?? languages.FirstOrDefault();
    }

    private static DateTime GetEnd(MionPaymentSession session) => session.SettledOnUtc ?? session.CancelledOnUtc ?? session.ExpiresOnUtc;
}
