using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class SharedLookUpsTests
{
    private static readonly string _token = SecretToken.Create();

    private readonly List<TaskCompletionSource<MionPaymentSession?>> _begun = [];
    private SharedLookUps _lookUps = null!;

    [SetUp]
    public void SetUp()
    {
        _begun.Clear();
        _lookUps = new SharedLookUps();
    }

    [Test]
    public async Task Calls_at_the_same_moment_share_a_look_up_and_each_has_a_session_of_its_own()
    {
        var (first, second) = (FindAsync(_token), FindAsync(_token));
        var found = Some.Session();
        _begun.Single().SetResult(found);

        var sessions = new[] { await first, await second, found };
        sessions[0]!.State = PaymentSessionState.Paid;

        Assert.Multiple(() =>
        {
            Assert.That(sessions.Select(session => session!.Reference).Distinct(), Has.Exactly(1).Items);
            Assert.That(sessions[1]!.State, Is.Not.EqualTo(PaymentSessionState.Paid));
            Assert.That(found.State, Is.Not.EqualTo(PaymentSessionState.Paid));
        });
    }

    [Test]
    public async Task Who_comes_later_looks_again()
    {
        var first = FindAsync(_token);
        _begun.Single().SetResult(null);
        Assert.That(await first, Is.Null);

        var second = FindAsync(_token);
        _begun[1].SetResult(Some.Session());

        Assert.That(await second, Is.Not.Null);
    }

    [Test]
    public void A_look_up_that_fails_fails_for_all_and_is_not_kept()
    {
        var (first, second) = (FindAsync(_token), FindAsync(_token));
        _begun.Single().SetException(new TimeoutException());

        Assert.ThrowsAsync<TimeoutException>(() => first);
        Assert.ThrowsAsync<TimeoutException>(() => second);
        _ = FindAsync(_token);
        Assert.That(_begun, Has.Count.EqualTo(2));
    }

    [Test]
    public void Different_tokens_share_nothing()
    {
        _ = (FindAsync(_token), FindAsync(SecretToken.Create()));

        Assert.That(_begun, Has.Count.EqualTo(2));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not a token")]
    public async Task What_cannot_be_a_token_is_not_looked_for(string? token)
    {
        Assert.That(await FindAsync(token), Is.Null);
        Assert.That(_begun, Is.Empty);
    }

    private Task<MionPaymentSession?> FindAsync(string? token) => _lookUps.FindAsync(token, _ =>
    {
        _begun.Add(new TaskCompletionSource<MionPaymentSession?>());
        return _begun[^1].Task;
    });
}
