using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>A session whose answer may have been lost is looked for at Mion: by whom, when, and for how long.</summary>
[TestFixture]
public sealed class LostAnswerTests : ShopFixture
{
    private const string Error = "as it was";

    [TestCase(CheckTrigger.Poll, 1, true)]
    [TestCase(CheckTrigger.Poll, null, true)]
    [TestCase(CheckTrigger.Webhook, 1, true)]
    [TestCase(CheckTrigger.Admin, null, true)]
    [TestCase(CheckTrigger.PaymentPage, 1, false)]
    [TestCase(CheckTrigger.PaymentPage, null, false)]
    [TestCase(CheckTrigger.PaymentPage, -1, true)]
    [TestCase(CheckTrigger.Return, 1, false)]
    [TestCase(CheckTrigger.Return, null, false)]
    [TestCase(CheckTrigger.Return, -1, true)]
    public async Task An_open_page_looks_only_when_it_is_time(CheckTrigger trigger, int? dueInMinutes, bool isAsked)
    {
        var session = await AddAsync(row => row.NextCheckOnUtc = Time.UtcNow.AddMinutes(dueInMinutes ?? 0));
        if (dueInMinutes is null)
            session.NextCheckOnUtc = null;

        Assert.That(await RecoverAsync(session, trigger), Is.True);

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.EqualTo(isAsked ? 1 : 0));
    }

    [Test]
    public async Task What_is_only_reserved_or_in_other_hands_is_not_looked_for()
    {
        var reserved = await AddAsync(row => row.IsReserved = true);
        var held = await AddAsync(row => (row.ClaimToken, row.ClaimedUntilUtc) = (Guid.NewGuid(), Time.UtcNow.AddHours(1)));

        Assert.That(await RecoverAsync(reserved), Is.True);
        Assert.That(await RecoverAsync(held), Is.True);

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.Zero);
    }

    [TestCase(0, 10)]
    [TestCase(9, 10)]
    [TestCase(300, 300)]
    [TestCase(23 * 60, 23 * 60)]
    [TestCase(25 * 60, null)]
    public async Task It_is_looked_for_less_and_less_often_and_for_a_day(int ageInMinutes, int? nextInMinutes)
    {
        var session = await AddAsync(row => row.CreatedOnUtc = Time.UtcNow.AddMinutes(-ageInMinutes));

        Assert.That(await RecoverAsync(session), Is.True);

        var row = await ReadAsync(session);
        Assert.That((row.State, row.LastError, row.ClaimToken), Is.EqualTo((PaymentSessionState.Opening, Error, (Guid?)null)));
        AssertNext(row, nextInMinutes);
    }

    [TestCase(0, 10)]
    [TestCase(25 * 60, 24 * 60)]
    public async Task Who_could_not_be_asked_is_asked_again_for_ever(int ageInMinutes, int nextInMinutes)
    {
        var session = await AddAsync(row => row.CreatedOnUtc = Time.UtcNow.AddMinutes(-ageInMinutes));
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });

        var failure = Assert.ThrowsAsync<MionApiException>(() => RecoverAsync(session));

        var row = await ReadAsync(session);
        Assert.That((row.State, row.LastError, row.ClaimToken), Is.EqualTo((PaymentSessionState.Opening, failure.Message, (Guid?)null)));
        AssertNext(row, nextInMinutes);
    }

    [Test]
    public async Task What_is_found_is_open()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession }, new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });
        var purchase = await BuyAsync();
        Mion.Faults.Clear();

        Assert.That(await RecoverAsync(await NewestSessionAsync(purchase.OrderId)), Is.True);

        var row = await NewestSessionAsync(purchase.OrderId);
        Assert.That((row.State, row.PaymentSessionId), Is.EqualTo((PaymentSessionState.Open, Mion.Sessions.Single().PaymentSessionId)));
    }

    private Task<bool> RecoverAsync(MionPaymentSession session, CheckTrigger trigger = CheckTrigger.Poll) =>
        InScopeAsync<SessionOpening, bool>(opening => opening.RecoverAsync(session, trigger));

    private async Task<MionPaymentSession> ReadAsync(MionPaymentSession session) =>
        (await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(session.Id)))!;

    /// <summary>A session that was begun, of which Mion knows nothing.</summary>
    private async Task<MionPaymentSession> AddAsync(Action<MionPaymentSession> change)
    {
        var row = Some.Session(PaymentSessionState.Opening);
        (row.Id, row.PaymentSessionId, row.LastError, row.CreatedOnUtc) = (0, string.Empty, Error, Time.UtcNow);
        (row.Reference, row.Token, row.WebhookToken) = (Guid.NewGuid().ToString("N"), SecretToken.Create(), SecretToken.Create());
        change(row);
        await InsertAsync([row]);
        return row;
    }

    private void AssertNext(MionPaymentSession row, int? minutes)
    {
        if (minutes is { } expected)
            Assert.That(row.NextCheckOnUtc, Is.InRange(Time.UtcNow.AddMinutes(expected).AddSeconds(-15), Time.UtcNow.AddMinutes(expected).AddSeconds(1)));
        else
            Assert.That(row.NextCheckOnUtc, Is.Null);
    }
}
