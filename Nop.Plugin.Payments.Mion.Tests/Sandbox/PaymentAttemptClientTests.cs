using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>
/// Payment attempts as the plugin's client asks for them, over HTTP.
/// </summary>
public class PaymentAttemptClientTests : StandInFixture
{
    private HttpClient _http = null!;
    private MionApiClient _client = null!;
    private MionApiOptions _options = null!;

    [SetUp]
    public void CreateClient()
    {
        _http = new HttpClient();
        _client = new MionApiClient(_http, new MionApiResilience(TimeProvider.System), new MionClock(Clock));
        _options = new MionApiOptions { ApiKey = "demo-key", BaseUrl = StandIn.BaseAddress.ToString() };
    }

    [TearDown]
    public void DisposeClient() => _http.Dispose();

    [Test]
    public async Task An_attempt_names_amount_invoice_and_end()
    {
        var session = await CreateSessionAsync();

        var attempt = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);

        Assert.Multiple(() =>
        {
            Assert.That(attempt.IsPayable, Is.True);
            Assert.That(attempt.LightningInvoice, Does.StartWith("ln"));
            Assert.That(attempt.AmountMsat, Is.Positive);
            Assert.That(attempt.ExpiresOnUtc, Is.EqualTo(Start.UtcDateTime.AddMinutes(2)));
            Assert.That(attempt.OnChainAddress, Is.Not.Empty);
        });
    }

    [Test]
    public async Task The_next_attempt_has_another_invoice()
    {
        var session = await CreateSessionAsync();

        var first = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);
        var second = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);

        Assert.That(second.LightningInvoice, Is.Not.EqualTo(first.LightningInvoice));
    }

    [Test]
    public async Task A_payment_of_the_first_attempt_is_seen_in_the_session_although_there_is_a_second()
    {
        var session = await CreateSessionAsync();
        var first = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);
        await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);

        StandIn.PayByLightning(session.PaymentSessionId, first.LightningInvoice);

        Assert.That((await _client.GetStatusAsync(_options, session.PaymentSessionId)).IsPaid, Is.True);
    }

    [Test]
    public async Task Compliance_is_an_answer_and_not_an_error()
    {
        var session = await CreateSessionAsync();
        StandIn.Compliance = new StandInCompliance(false, ["firstName", "lastName"]);
        var missing = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);
        StandIn.Compliance = new StandInCompliance(true, []);
        var blocked = await _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId);

        Assert.Multiple(() =>
        {
            Assert.That(missing.MissingCustomerFields, Is.EqualTo(new[] { "firstName", "lastName" }));
            Assert.That(missing.IsPayable, Is.False);
            Assert.That(blocked.BlockedByCompliance, Is.True);
            Assert.That(blocked.IsPayable, Is.False);
        });
    }

    [Test]
    public async Task A_key_that_may_not_charge_face_to_face_is_told_so()
    {
        var session = await CreateSessionAsync();
        StandIn.Permissions = MionPermissions.PaymentsReadWrite;

        var exception = Assert.ThrowsAsync<MionApiException>(() => _client.CreatePaymentAttemptAsync(_options, session.PaymentSessionId));

        Assert.That(exception!.Kind, Is.EqualTo(MionApiErrorKind.Forbidden));
    }

    private Task<MionSession> CreateSessionAsync() => _client.CreateSessionAsync(_options, new MionSessionRequest
    {
        AmountCents = 1250,
        ExpiresOnUtc = Start.UtcDateTime.AddMinutes(15),
        Reference = $"till-{Guid.NewGuid():N}",
        RetailPos = true
    });
}
