using Moq;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Services.Configuration;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// An order of €12.34, its open session, and what Mion says about it: each test changes what it is about.
/// </summary>
public static class Some
{
    public const string PaymentSessionId = "0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11";
    public const string OtherPaymentSessionId = "5d3e2a1b-0000-4000-8000-0123456789ab";
    public const string ApiKey = "mion-key-d41d8cd98f00b204";
    public const long Cents = 1234;

    public static readonly DateTime Now = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);
    public static readonly Guid OrderGuid = new("11111111-2222-3333-4444-555555555555");

    /// <summary>Texts for somebody who is not there.</summary>
    public static KeptTexts KeptTexts(ILocalizationService localization) =>
        new(Clock, Mock.Of<ILanguageService>(), localization, new LocalizationSettings());

    /// <summary>Texts of a store that speaks one language.</summary>
    public static OwnText OwnText(ISettingService settings) => new(
        Mock.Of<ILanguageService>(service => service.GetAllLanguagesAsync(It.IsAny<bool>(), It.IsAny<int>()) == Task.FromResult<IList<Language>>(new List<Language>())),
        Mock.Of<ILocalizationService>(), settings);

    /// <summary>A store that lives in UTC.</summary>
    public static IDateTimeHelper Clock { get; } = Mock.Of<IDateTimeHelper>(helper =>
        helper.DefaultStoreTimeZone == TimeZoneInfo.Utc && helper.GetCurrentTimeZoneAsync() == Task.FromResult(TimeZoneInfo.Utc));

    public static Order Order() => new()
    {
        Id = 7,
        OrderGuid = OrderGuid,
        StoreId = 1,
        CustomerId = 3,
        OrderTotal = 12.34m,
        OrderStatus = OrderStatus.Pending,
        PaymentStatus = PaymentStatus.Pending,
        PaymentMethodSystemName = MionDefaults.SystemName,
        CustomOrderNumber = "7"
    };

    public static MionPaymentSession Session(PaymentSessionState state = PaymentSessionState.Open) => new()
    {
        Id = 70,
        OrderId = 7,
        OrderGuid = OrderGuid,
        StoreId = 1,
        Attempt = 1,
        Reference = $"{OrderGuid:N}-1",
        PaymentSessionId = PaymentSessionId,
        Token = new string('a', 32),
        WebhookToken = new string('b', 32),
        AmountCents = Cents,
        OrderTotal = 12.34m,
        CurrencyCode = "EUR",
        ExchangeRate = 1m,
        State = state,
        CreatedOnUtc = Now,
        ExpiresOnUtc = Now.AddDays(1)
    };

    public static MionSession Answer() => new() { PaymentSessionId = PaymentSessionId, Status = "pending" };

    public static MionSession PaidAnswer() => new()
    {
        PaymentSessionId = PaymentSessionId,
        Status = "funding-received",
        PaidOnUtc = Now.AddMinutes(-1),
        PaymentMethod = "lightning"
    };
}
