using Microsoft.Extensions.Time.Testing;
using Moq;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class OrderNotesTests
{
    private const int OwnersLanguage = 4;
    private const int OrdersLanguage = 5;

    private readonly List<OrderNote> _notes = [];
    private Mock<ILocalizationService> _texts = null!;
    private OrderNotes _orderNotes = null!;
    private Order? _order;

    [SetUp]
    public void SetUp()
    {
        _notes.Clear();
        _texts = new Mock<ILocalizationService>();
        var orders = new Mock<IOrderService>();
        orders.Setup(service => service.GetOrderByIdAsync(7)).ReturnsAsync(() => _order);
        orders.Setup(service => service.GetOrderNotesByOrderIdAsync(7, null)).ReturnsAsync(_notes);
        orders.Setup(service => service.InsertOrderNoteAsync(It.IsAny<OrderNote>())).Callback<OrderNote>(_notes.Add);
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetAllLanguagesAsync(true, 0)).ReturnsAsync(
        [
            new Language { Id = OwnersLanguage, LanguageCulture = "en-US" },
            new Language { Id = OrdersLanguage, LanguageCulture = "de-DE" }
        ]);
        var texts = new KeptTexts(Mock.Of<IDateTimeHelper>(helper => helper.DefaultStoreTimeZone == TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")),
            languages.Object, _texts.Object, new LocalizationSettings { DefaultAdminLanguageId = OwnersLanguage });
        _order = Some.Order();
        _order.CustomerLanguageId = OrdersLanguage;
        _orderNotes = new OrderNotes(orders.Object, texts, new FakeTimeProvider(new DateTimeOffset(Some.Now)));
    }

    [Test]
    public async Task A_note_is_for_the_merchant_and_not_for_the_customer()
    {
        await _orderNotes.AddAsync(7, "Paid", "€12.34", "lightning", Some.PaymentSessionId);

        var note = _notes.Single();
        Assert.Multiple(() =>
        {
            Assert.That(note.OrderId, Is.EqualTo(7));
            Assert.That(note.DisplayToCustomer, Is.False);
            Assert.That(note.CreatedOnUtc, Is.EqualTo(Some.Now));
            Assert.That(note.Note, Does.Contain("€12.34").And.Contain("lightning").And.Contain(Some.PaymentSessionId));
        });
    }

    [Test]
    public async Task A_note_is_in_the_orders_language_its_amounts_and_the_stores_times_too()
    {
        TextIs("Note.Paid", "Bezahlt: {0}, {1}");

        await _orderNotes.AddAsync(7, "Paid", new EuroAmount(123450), Some.Now);

        Assert.That(_notes.Single().Note, Is.EqualTo("Bezahlt: 1.234,50 €, 04.03.2026 13:00"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Where_the_store_does_not_have_the_orders_language_or_the_order_any_more_a_note_is_in_the_owners(bool isThere)
    {
        _order = isThere ? _order : null;
        (_order ?? new Order()).CustomerLanguageId = 9;
        TextIs("Note.Paid", "Paid: {0}", OwnersLanguage);

        await _orderNotes.AddAsync(7, "Paid", new EuroAmount(123450));

        Assert.That(_notes.Single().Note, Is.EqualTo("Paid: €1,234.50"));
    }

    [TestCase(null)]
    [TestCase("")]
    public async Task Where_a_text_is_missing_the_English_one_is_there(string? text)
    {
        TextIs("Note.NotOpened.Unreachable", text!);

        await _orderNotes.AddAsync(7, "NotOpened.Unreachable", "no answer in time");

        Assert.That(_notes.Single().Note, Is.EqualTo(MionStrings.Format(MionStrings.English["Plugins.Payments.Mion.Note.NotOpened.Unreachable"], "no answer in time")));
    }

    [Test]
    public async Task A_text_that_a_merchant_has_broken_still_makes_a_note()
    {
        TextIs("Note.Paid", "Paid {0");

        await _orderNotes.AddAsync(7, "Paid", "€12.34", "lightning");

        Assert.That(_notes.Single().Note, Is.EqualTo("Paid {0 [€12.34, lightning]"));
    }

    [Test]
    public async Task What_is_said_once_is_not_said_again()
    {
        await _orderNotes.AddOnceAsync(7, "Paid", "€12.34", "lightning", "a");
        await _orderNotes.AddOnceAsync(7, "Paid", "€12.34", "lightning", "a");
        Assert.That(_notes, Has.Count.EqualTo(1));

        await _orderNotes.AddOnceAsync(7, "Paid", "€12.34", "lightning", "b");
        Assert.That(_notes, Has.Count.EqualTo(2), "of another session it is another note");
    }

    [Test]
    public async Task What_happens_again_is_said_again()
    {
        await _orderNotes.AddAsync(7, "NotOpened.Unreachable", "x");
        await _orderNotes.AddAsync(7, "NotOpened.Unreachable", "x");

        Assert.That(_notes, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Every_reason_why_a_person_is_needed_has_words_with_the_amount_and_the_session([ValueSource(nameof(Reasons))] ReviewReason reason)
    {
        await _orderNotes.AddOnceAsync(7, $"NeedsPerson.{reason}", "€12.34", Some.PaymentSessionId);

        Assert.That(_notes.Single().Note, Does.Contain("€12.34").And.Contain(Some.PaymentSessionId).And.Not.Contain("{"));
    }

    [Test]
    public async Task The_current_customer_is_not_asked_for_their_language()
    {
        await _orderNotes.AddAsync(7, "Paid", "€12.34", "lightning", "a");

        _texts.Verify(service => service.GetResourceAsync(It.IsAny<string>()), Times.Never);
    }

    private static IEnumerable<ReviewReason> Reasons => Enum.GetValues<ReviewReason>().Where(reason => reason != ReviewReason.None);

    private void TextIs(string resource, string text, int language = OrdersLanguage) => _texts
        .Setup(service => service.GetResourceAsync($"Plugins.Payments.Mion.{resource}", language, false, string.Empty, true)).ReturnsAsync(text);
}
