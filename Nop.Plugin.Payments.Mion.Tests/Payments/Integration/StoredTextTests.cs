using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>
/// What comes from outside can be stored, on every database: a character of four bytes is more than some columns of MySQL
/// take, and no database takes half of one, nor PostgreSQL a NUL.
/// </summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class StoredTextTests(DatabaseKind database) : ShopFixture(database)
{
    private const string Pizza = "paid \U0001F355";
    private const string Nul = "paid \0";
    private const string Half = "paid \uD83C";
    private const string OtherHalf = "\uDF55 paid";
    private const string Coffee = "paid \u2615 \u00FC";

    private static IEnumerable<TestCaseData> Texts() => Named((Pizza, nameof(Pizza)), (Nul, nameof(Nul)), (Half, nameof(Half)), (OtherHalf, nameof(OtherHalf)), (Coffee, nameof(Coffee)));

    // a NUL in a form's field is refused before it gets anywhere
    private static IEnumerable<TestCaseData> Typed() => Named((Pizza, nameof(Pizza)), (Half, nameof(Half)), (OtherHalf, nameof(OtherHalf)), (Coffee, nameof(Coffee)));

    // by name: a runner that writes down what a test is called need not take the texts
    private static IEnumerable<TestCaseData> Named(params (string Text, string Name)[] texts) => texts.Select(text => new TestCaseData(text.Text).SetArgDisplayNames(text.Name));

    [TestCaseSource(nameof(Texts))]
    public async Task Words_of_Mions_keep_no_payment_from_its_order(string text)
    {
        NeedsAssumedNames();
        var (purchase, session) = await BuyWithSessionAsync();
        Answer(session, text, isPaid: false);
        Assert.That(await CallAsync(session), Is.EqualTo(200), "unpaid");

        Answer(session, text, isPaid: true);
        Time.Advance(TimeSpan.FromMinutes(1));
        var answer = await CallAsync(session);

        var stored = await NewestSessionAsync(purchase.OrderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.EqualTo(200));
            Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
            Assert.That(stored.State, Is.EqualTo(PaymentSessionState.Paid));
            Assert.That(stored.MionStatus, text == Coffee ? Is.EqualTo(text) : Does.Contain("paid"));
            Assert.That((await Shop.GetLogAsync()).Where(line => line.LogLevelId > (int)LogLevel.Information), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Texts))]
    public async Task A_reason_of_Mions_can_be_noted(string text)
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 400, Operation = MionOperations.CreateSession, Body = new JObject { ["message"] = text }.ToString(Formatting.None) });

        var purchase = await BuyAsync();

        Assert.That((await NewestSessionAsync(purchase.OrderId)).LastError, Does.Contain("paid"));
    }

    [TestCaseSource(nameof(Texts))]
    public async Task A_note_at_the_till_is_no_reason_not_to_charge(string text)
    {
        var result = await InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChargeAmountAsync(1, 5m, "EUR", text, SecretToken.Create(), new TillOrigin(SecretToken.Create(), string.Empty, AssistantId: null)));

        var stored = await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(result.Session!.Id));
        Assert.That(result.Problem, Is.EqualTo(OpeningProblem.None));
        Assert.That(stored!.Note, text is Pizza or Coffee ? Is.EqualTo(text) : Does.Contain("paid").And.Contain("\uFFFD"));
    }

    [TestCaseSource(nameof(Typed))]
    public async Task A_persons_comment_can_be_kept(string text)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatusId = 40);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = await AdminAsync();

        using var handled = await admin.SendFormAsync("/Admin/MionPayments/Handle", ("id", $"{session.Id}"), ("comment", text));

        Assert.That((int)handled.StatusCode, Is.LessThan(400));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Handled));
    }

    [TestCaseSource(nameof(Typed))]
    public async Task A_filter_finds_nothing_and_is_no_error(string text)
    {
        await BuyWithSessionAsync();
        var admin = await AdminAsync();

        foreach (var filter in new[] { "SearchOrder", "SearchPaymentId" })
        {
            using var answer = await admin.SendFormAsync("/Admin/MionPayments/List", ("Start", "0"), ("Length", "10"), ("Draw", "1"), (filter, text));
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), filter);
            Assert.That(JObject.Parse(await answer.Content.ReadAsStringAsync())["Data"], Is.Empty, filter);
        }
    }

    private void Answer(MionPaymentSession session, string text, bool isPaid)
    {
        Mion.Faults.Clear();
        Mion.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            StatusCode = 200,
            Operation = MionOperations.GetStatus,
            Body = new JObject
            {
                ["paymentSessionId"] = session.PaymentSessionId,
                ["status"] = text,
                ["fundingStatus"] = text,
                ["paymentMethod"] = text,
                ["paidAt"] = isPaid ? Time.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) : null
            }.ToString(Formatting.None)
        });
    }

    private async Task<int> CallAsync(MionPaymentSession session)
    {
        using var client = new HttpClient { BaseAddress = Shop.BaseAddress };
        using var body = new StringContent("{}");
        using var response = await client.PostAsync($"mion/webhook/{session.WebhookToken}", body);
        return (int)response.StatusCode;
    }
}
