using FsCheck.Fluent;
using Moq;
using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Nop.Plugin.Payments.Mion.Tests.Support.FakeCurrencies;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class EuroConversionTests
{
    [TestCase("EUR", 1)]
    [TestCase("eur", 1)]
    [TestCase("EUR", 0)]
    public async Task A_store_that_sells_in_euro_converts_nothing(string code, decimal rate)
    {
        var euro = Currency(code, rate);
        var store = new FakeCurrencies(euro, Currency("USD", 1.1m));

        Assert.Multiple(async () =>
        {
            Assert.That(await store.Conversion.FindRateAsync(), Is.EqualTo((euro, 1m, (DateTime?)null)));
            Assert.That(await store.Conversion.QuoteAsync(12.345m), Is.EqualTo(new EuroQuote(1235, 12.345m, code, 1m, null)));
        });
        store.Service.Verify(service => service.ConvertFromPrimaryStoreCurrencyAsync(It.IsAny<decimal>(), It.IsAny<Currency>()), Times.Never);
    }

    [Test]
    public async Task Another_currency_is_converted_by_the_stores_own_rate([Values] bool isEuroPublished)
    {
        var store = new FakeCurrencies(Currency("USD", 1m), Currency("GBP", 0.8m), Currency("EUR", 0.9m, isEuroPublished));

        var quote = await store.Conversion.QuoteAsync(100m);

        Assert.Multiple(() =>
        {
            Assert.That(quote, Is.EqualTo(new EuroQuote(9000, 100m, "USD", 0.9m, DateTime.SpecifyKind(UpdatedOn, DateTimeKind.Utc))));
            Assert.That(quote?.ExchangeRateOnUtc?.Kind, Is.EqualTo(DateTimeKind.Utc));
        });
    }

    [Test]
    public async Task Of_two_euros_the_published_one_counts()
    {
        var store = new FakeCurrencies(Currency("USD", 1m), Currency("EUR", 0.5m, published: false), Currency("EUR", 0.9m));

        Assert.That((await store.Conversion.FindRateAsync())?.Rate, Is.EqualTo(0.9m));
    }

    [Test]
    public async Task A_rate_against_a_third_currency_is_brought_to_the_euro()
    {
        var store = new FakeCurrencies(Currency("USD", 1.25m), Currency("EUR", 1.125m));

        Assert.That((await store.Conversion.FindRateAsync())?.Rate, Is.EqualTo(0.9m));
    }

    [Test]
    public async Task A_rate_is_rounded_to_what_the_table_keeps()
    {
        var store = new FakeCurrencies(Currency("USD", 3m), Currency("EUR", 2m));

        Assert.That((await store.Conversion.FindRateAsync())?.Rate, Is.EqualTo(0.666666666667m));
    }

    [Test]
    public async Task A_currency_that_is_named_is_converted_whatever_the_store_sells_in()
    {
        var store = new FakeCurrencies(Currency("USD", 1m), Currency("GBP", 0.8m), Currency("EUR", 0.9m));

        Assert.That((await store.Conversion.FindRateAsync("GBP"))?.Rate, Is.EqualTo(1.125m));
        Assert.That(await store.Conversion.FindRateAsync("SEK"), Is.Null);
    }

    [Test]
    public async Task A_store_sells_in_its_primary_currency_and_in_euro_where_it_has_none()
    {
        Assert.That(await new FakeCurrencies(Currency("USD", 1m), Currency("EUR", 0.9m)).Conversion.GetPrimaryCodeAsync(), Is.EqualTo("USD"));
        Assert.That(await new FakeCurrencies().Conversion.GetPrimaryCodeAsync(), Is.EqualTo("EUR"));
    }

    private static IEnumerable<TestCaseData> NoWayToTheEuro() =>
    [
        new TestCaseData(new FakeCurrencies()).SetArgDisplayNames("no primary currency"),
        new TestCaseData(new FakeCurrencies(Currency("USD", 1m))).SetArgDisplayNames("no euro"),
        new TestCaseData(new FakeCurrencies(Currency("USD", 1m), Currency("EUR", 0m))).SetArgDisplayNames("a euro without a rate"),
        new TestCaseData(new FakeCurrencies(Currency("USD", 1m), Currency("EUR", -1m))).SetArgDisplayNames("a negative rate"),
        new TestCaseData(new FakeCurrencies(Currency("USD", 0m), Currency("EUR", 0.9m))).SetArgDisplayNames("a primary currency without a rate"),
        new TestCaseData(new FakeCurrencies(Currency("XXX", 10_000_000_000_000m), Currency("EUR", 1m))).SetArgDisplayNames("a rate too small to be kept")
    ];

    [TestCaseSource(nameof(NoWayToTheEuro))]
    public async Task Without_a_way_to_the_euro_there_is_no_rate_and_no_quote(FakeCurrencies store) => Assert.Multiple(async () =>
    {
        Assert.That(await store.Conversion.FindRateAsync(), Is.Null);
        Assert.That(await store.Conversion.QuoteAsync(100m), Is.Null);
    });

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("0.0049")]
    public async Task Less_than_a_cent_is_not_quoted(string total)
    {
        var store = new FakeCurrencies(Currency("EUR", 1m));

        Assert.That(await store.Conversion.QuoteAsync(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture)), Is.Null);
    }

    [Test]
    public void The_cents_asked_for_are_found_again_from_what_the_table_keeps()
    {
        var (dollar, euro) = (Currency("USD", 1m), Currency("EUR", 1m));
        var store = new FakeCurrencies(dollar, euro);

        Rule.Holds(Any.Amount(0, 100_000).Zip(Any.Whole(1, 100_000_000).Two()), x =>
        {
            (dollar.Rate, euro.Rate) = (x.Item2.Item1 / 10_000m, x.Item2.Item2 / 10_000m);
            return store.Conversion.QuoteAsync(x.Item1).GetAwaiter().GetResult() is not { } quote
                || quote.AmountCents == EuroAmount.ToCents(quote.OrderTotal, decimal.Round(quote.ExchangeRate, EuroAmount.RateDecimals)) && quote.OrderTotal == x.Item1;
        });
    }
}
