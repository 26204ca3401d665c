using Nop.Plugin.Payments.Mion.Api;
using static Nop.Plugin.Payments.Mion.Api.MionApiErrorKind;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

public class MionApiExceptionTests
{
    private static readonly (MionApiErrorKind Kind, bool IsTransient, bool MayHaveHappened, string Words)[] _table =
    [
        (Misconfigured, false, false, "the settings do not allow the call"),
        (Unreachable, true, true, "Mion cannot be reached"),
        (TimedOut, true, true, "no answer in time"),
        (CircuitOpen, false, false, "not tried, Mion failed repeatedly just now"),
        (ToldToWait, false, false, "not tried, Mion asked to wait"),
        (Unauthorized, false, false, "the API key is not accepted"),
        (Forbidden, false, false, "the API key lacks a permission"),
        (NotFound, false, false, "not found"),
        (Rejected, false, false, "Mion does not accept the request"),
        (RateLimited, true, false, "too many requests"),
        (ServerError, true, true, "an error at Mion"),
        (Redirected, false, true, "a redirect came instead of an answer"),
        (SomethingInFront, false, true, "something in front of Mion answered in its place"),
        (UnreadableAnswer, false, true, "the answer cannot be read")
    ];

    private static IEnumerable<TestCaseData> Table() => _table.Select(row => new TestCaseData(row.Kind, row.IsTransient, row.MayHaveHappened, row.Words));

    [TestCaseSource(nameof(Table))]
    public void Each_kind_says_what_to_do_about_it(MionApiErrorKind kind, bool isTransient, bool mayHaveHappened, string words)
    {
        var exception = new MionApiException(kind, "Get a payment session status");

        Assert.Multiple(() =>
        {
            Assert.That(exception.IsTransient, Is.EqualTo(isTransient));
            Assert.That(exception.MayHaveHappened, Is.EqualTo(mayHaveHappened));
            Assert.That(exception.Message, Is.EqualTo($"Get a payment session status: {words}"));
        });
    }

    [Test]
    public void The_table_knows_every_kind() => Assert.That(_table.Select(row => row.Kind), Is.EquivalentTo(Enum.GetValues<MionApiErrorKind>()));

    [Test]
    public void Details_and_cause_are_kept()
    {
        var cause = new IOException("torn");
        var exception = new MionApiException(Unreachable, "Operation", "ResponseEnded", cause);

        Assert.Multiple(() =>
        {
            Assert.That(exception.Message, Is.EqualTo("Operation: Mion cannot be reached (ResponseEnded)"));
            Assert.That(exception.InnerException, Is.SameAs(cause));
        });
    }

    [Test]
    public void What_was_stored_still_says_what_went_wrong([Values] MionApiErrorKind kind, [Values(null, "HTTP 401")] string? detail) =>
        Assert.That(MionApiException.FindKind(new MionApiException(kind, "Get a payment session status", detail).Message), Is.EqualTo(kind));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("no answer in time")]
    [TestCase(": no answer in time")]
    [TestCase("Get a payment session status: no answer in time, or so")]
    [TestCase("The payment could not be brought to the order; see the log.")]
    public void Any_other_text_says_nothing(string? stored) => Assert.That(MionApiException.FindKind(stored), Is.Null);
}
