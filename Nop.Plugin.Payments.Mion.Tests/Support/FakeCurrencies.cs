using Moq;
using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A store's currencies; the first is the primary one. Rates are against the primary exchange rate currency, and are
/// multiplied as nopCommerce does it, which throws where a currency has none.
/// </summary>
public sealed class FakeCurrencies
{
    public FakeCurrencies(params Currency[] currencies)
    {
        var primary = currencies.FirstOrDefault();
        Service.Setup(service => service.GetCurrencyByIdAsync(1)).ReturnsAsync(primary!);
        Service.Setup(service => service.GetAllCurrenciesAsync(true, 0)).ReturnsAsync(currencies);
        Service.Setup(service => service.GetAllCurrenciesAsync(false, It.IsAny<int>())).ReturnsAsync([.. currencies.Where(currency => currency.Published)]);
        Service.Setup(service => service.ConvertFromPrimaryStoreCurrencyAsync(It.IsAny<decimal>(), It.IsAny<Currency>()))
            .ReturnsAsync((decimal amount, Currency target) => amount / primary!.Rate * target.Rate);
        Service.Setup(service => service.ConvertCurrencyAsync(It.IsAny<decimal>(), It.IsAny<Currency>(), It.IsAny<Currency>()))
            .ReturnsAsync((decimal amount, Currency source, Currency target) => amount / source.Rate * (target.Rate != 0 ? target.Rate : throw new NopException("Exchange rate not found")));
        foreach (var currency in currencies)
            Service.Setup(service => service.GetCurrencyByCodeAsync(currency.CurrencyCode)).ReturnsAsync(currency);
        Conversion = new EuroConversion(Service.Object, new CurrencySettings { PrimaryStoreCurrencyId = 1 });
    }

    public static DateTime UpdatedOn { get; } = new(2026, 3, 1, 6, 0, 0, DateTimeKind.Unspecified);

    public Mock<ICurrencyService> Service { get; } = new();

    public EuroConversion Conversion { get; }

    public static Currency Currency(string code, decimal rate, bool published = true) =>
        new() { CurrencyCode = code, Rate = rate, Published = published, UpdatedOnUtc = UpdatedOn };
}
