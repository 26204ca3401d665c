using Moq;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class PaymentTextsTests
{
    private static readonly IReadOnlyDictionary<string, string> _german = MionStrings.In("de");

    private static readonly string[] _failures =
    [
        .. Enum.GetValues<MionApiErrorKind>().Select(kind => new MionApiException(kind, "Create a payment session", "HTTP 400").Message),
        OrderPayment.OrderInOtherHands,
        OrderPayment.NotBrought
    ];

    private PaymentTexts _texts = null!;

    [SetUp]
    public void SetUp()
    {
        var localization = new Mock<ILocalizationService>();
        localization.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string key) => _german[key]);
        _texts = new PaymentTexts(Mock.Of<Nop.Services.Customers.ICustomerService>(), Some.Clock, Some.KeptTexts(localization.Object), localization.Object, Mock.Of<Nop.Core.IWorkContext>());
    }

    [TestCaseSource(nameof(_failures))]
    public async Task A_failure_is_told_in_the_readers_language_and_as_it_was_stored(string stored)
    {
        var told = await _texts.FailureAsync(stored);

        Assert.Multiple(() =>
        {
            Assert.That(told, Does.EndWith($" ({stored})"));
            Assert.That(_german.Values, Does.Contain(told[..^$" ({stored})".Length]));
        });
    }

    [TestCase(PaymentSessionState.NeedsPerson)]
    [TestCase(PaymentSessionState.Handled)]
    public async Task A_session_that_Mion_does_not_know_is_not_spoken_of_as_paid(PaymentSessionState state)
    {
        var session = Some.Session();
        (session.State, session.ReviewReason) = (state, ReviewReason.UnknownAtMion);

        Assert.That(await _texts.StateAsync(session), Is.EqualTo(_german["Plugins.Payments.Mion.State.UnknownAtMion"]));
    }

    [TestCase(false, PaymentSessionState.Open, "Till.Badge.Cancelled")]
    [TestCase(false, PaymentSessionState.Opening, "Till.Badge.Cancelled")]
    [TestCase(true, PaymentSessionState.Open, "State.Seen")]
    [TestCase(false, PaymentSessionState.Paid, "State.Paid")]
    [TestCase(false, PaymentSessionState.Expired, "State.Expired")]
    public async Task A_charge_that_was_given_up_is_called_so_as_long_as_nothing_else_has_come_of_it(bool isSeen, PaymentSessionState state, string expected)
    {
        var session = new MionPaymentSession { IsTill = true, CancelledOnUtc = DateTime.UnixEpoch, FundsSeen = isSeen, State = state };

        Assert.That(await _texts.StateAsync(session), Is.EqualTo(_german[$"Plugins.Payments.Mion.{expected}"]));
    }

    [Test]
    public async Task A_refused_key_says_what_to_do() => Assert.That(
        await _texts.FailureAsync(new MionApiException(MionApiErrorKind.Unauthorized, "Create a payment session").Message),
        Does.StartWith("Mion antwortet, nimmt den API-Schlüssel aber nicht an. Prüfen Sie"));

    [TestCase("")]
    [TestCase("Something that an older version wrote.")]
    public async Task What_is_not_known_is_told_as_it_was_stored(string stored) =>
        Assert.That(await _texts.FailureAsync(stored), Is.EqualTo(stored));

    [TestCase(PaymentEventKind.NotOpened)]
    [TestCase(PaymentEventKind.WebhookRefused)]
    public async Task The_history_tells_failures_too(PaymentEventKind kind)
    {
        var stored = new MionApiException(MionApiErrorKind.RateLimited, "Create a payment session").Message;

        var (_, _, detail) = await _texts.HistoryAsync(new MionPaymentEvent { Kind = kind, TriggerId = (int)CheckTrigger.Checkout, Detail = stored });

        Assert.That(detail, Is.EqualTo(await _texts.FailureAsync(stored)));
    }
}
