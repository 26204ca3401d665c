using Moq;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout;

public class PaymentMethodAvailabilityTests
{
    private readonly List<ShoppingCartItem> _cart = [new()];
    private FakeSettings _settings = null!;
    private FakeCurrencies _currencies = null!;
    private Mock<ILogger> _logger = null!;
    private Mock<IOrderTotalCalculationService> _totals = null!;
    private Mock<IStoreContext> _storeContext = null!;

    [SetUp]
    public void SetUp()
    {
        _settings = new FakeSettings();
        _currencies = new FakeCurrencies(FakeCurrencies.Currency("EUR", 1m));
        _logger = new Mock<ILogger>();
        _storeContext = new Mock<IStoreContext>();
        _storeContext.Setup(context => context.GetCurrentStoreAsync()).ReturnsAsync(new Store { Id = 1 });
        TotalIs(50m);
    }

    [Test]
    public async Task A_configured_method_is_offered() => Assert.That(await IsOfferedAsync(), Is.True);

    [Test]
    public async Task Without_a_key_the_method_is_hidden()
    {
        _settings.Values.ApiKey = string.Empty;

        Assert.That(await IsOfferedAsync(), Is.False);
    }

    [Test]
    public async Task Without_a_way_to_the_euro_the_method_is_hidden()
    {
        _currencies = new FakeCurrencies(FakeCurrencies.Currency("USD", 1m));

        Assert.That(await IsOfferedAsync(), Is.False);
    }

    [TestCase("0", "0", "50", true)]
    [TestCase("50", "50", "50", true)]
    [TestCase("50.01", "0", "50", false)]
    [TestCase("0", "49.99", "50", false)]
    [TestCase("10", "100", "9.9999", false)]
    [TestCase("10", "100", "100.0001", false)]
    [TestCase("10", "0", "1000000", true)]
    [TestCase("0", "100", "0", true)]
    public async Task The_method_is_offered_within_the_merchants_range(string minimum, string maximum, string total, bool isOffered)
    {
        (_settings.Values.MinimumOrderTotal, _settings.Values.MaximumOrderTotal) = (Money(minimum), Money(maximum));
        TotalIs(Money(total));

        Assert.That(await IsOfferedAsync(), Is.EqualTo(isOffered));
    }

    [Test]
    public async Task A_total_that_is_not_known_yet_hides_nothing()
    {
        (_settings.Values.MinimumOrderTotal, _settings.Values.MaximumOrderTotal) = (10m, 20m);
        TotalIs(null);

        Assert.That(await IsOfferedAsync(), Is.True);
    }

    [Test]
    public async Task Without_a_range_no_total_is_computed()
    {
        await IsOfferedAsync();

        _totals.Verify(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), It.IsAny<bool?>(), It.IsAny<bool>()), Times.Never);
    }

    [Test]
    public async Task Settings_are_those_of_the_store_that_the_shopper_is_in()
    {
        _storeContext.Setup(context => context.GetCurrentStoreAsync()).ReturnsAsync(new Store { Id = 2 });
        _settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(2)).ReturnsAsync(new MionSettings { AdditionalFee = 3m });

        Assert.Multiple(async () =>
        {
            Assert.That(await IsOfferedAsync(), Is.False);
            Assert.That(await Availability.GetFeeAsync(_cart), Is.EqualTo(3m));
        });
    }

    private static IEnumerable<TestCaseData> Breakdowns() =>
    [
        new TestCaseData((Action<PaymentMethodAvailabilityTests>)(test => test._storeContext.Setup(context => context.GetCurrentStoreAsync()).ThrowsAsync(new NopException("no store")))).SetArgDisplayNames("the store"),
        new TestCaseData((Action<PaymentMethodAvailabilityTests>)(test => test._settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(1)).ThrowsAsync(new TimeoutException()))).SetArgDisplayNames("the settings"),
        new TestCaseData((Action<PaymentMethodAvailabilityTests>)(test => test._currencies.Service.Setup(service => service.GetCurrencyByIdAsync(1)).ThrowsAsync(new TimeoutException()))).SetArgDisplayNames("the currencies"),
        new TestCaseData((Action<PaymentMethodAvailabilityTests>)(test => test._totals.Setup(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), null, false)).ThrowsAsync(new TimeoutException()))).SetArgDisplayNames("the total")
    ];

    [TestCaseSource(nameof(Breakdowns))]
    public async Task An_error_hides_the_method_and_is_logged_instead_of_breaking_the_page(Action<PaymentMethodAvailabilityTests> breakDown)
    {
        _settings.Values.MinimumOrderTotal = 1m;
        breakDown(this);

        Assert.That(await IsOfferedAsync(), Is.False);
        _logger.Verify(logger => logger.ErrorAsync(It.Is<string>(message => message.Contains("it is hidden")), It.IsNotNull<Exception>(), null), Times.Once);
    }

    [TestCase("0", false, "0")]
    [TestCase("2.5", false, "2.5")]
    [TestCase("2.5", true, "1.25")]
    [TestCase("-1", false, "0")]
    [TestCase("-1", true, "0")]
    [TestCase("0", true, "0")]
    [TestCase("1.23456", true, "0.6173")]
    [TestCase("0.0001", true, "0.0001")]
    public async Task The_fee_is_an_amount_or_a_percentage_in_decimal(string fee, bool isPercentage, string expected)
    {
        (_settings.Values.AdditionalFee, _settings.Values.AdditionalFeePercentage) = (Money(fee), isPercentage);

        Assert.That(await Availability.GetFeeAsync(_cart), Is.EqualTo(Money(expected)));
    }

    [Test]
    public async Task A_percentage_of_a_large_total_loses_nothing_to_binary_fractions()
    {
        (_settings.Values.AdditionalFee, _settings.Values.AdditionalFeePercentage) = (1.1m, true);
        TotalIs(123_456_789_012_345.67m);

        Assert.That(await Availability.GetFeeAsync(_cart), Is.EqualTo(1_358_024_679_135.8024m));
    }

    [Test]
    public async Task A_percentage_of_an_unknown_total_is_nothing()
    {
        (_settings.Values.AdditionalFee, _settings.Values.AdditionalFeePercentage) = (10m, true);
        TotalIs(null);

        Assert.That(await Availability.GetFeeAsync(_cart), Is.Zero);
    }

    [Test]
    public async Task The_fee_is_no_part_of_what_it_is_a_percentage_of()
    {
        (_settings.Values.AdditionalFee, _settings.Values.AdditionalFeePercentage) = (10m, true);

        await Availability.GetFeeAsync(_cart);

        _totals.Verify(service => service.GetShoppingCartTotalAsync(_cart, null, false), Times.Once);
        _totals.VerifyNoOtherCalls();
    }

    private PaymentMethodAvailability Availability =>
        new(_currencies.Conversion, FakeLog.Over(_logger.Object), _totals.Object, _storeContext.Object, _settings.Store);

    private Task<bool> IsOfferedAsync() => Availability.IsAvailableAsync(_cart);

    private void TotalIs(decimal? total)
    {
        // with the fee the total would be another
        _totals = new Mock<IOrderTotalCalculationService>();
        _totals.Setup(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), It.IsAny<bool?>(), true)).ReturnsAsync((-1m, 0m, null!, null!, 0, 0m));
        _totals.Setup(service => service.GetShoppingCartTotalAsync(It.IsAny<IList<ShoppingCartItem>>(), null, false)).ReturnsAsync((total, 0m, null!, null!, 0, 0m));
    }

    private static decimal Money(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
