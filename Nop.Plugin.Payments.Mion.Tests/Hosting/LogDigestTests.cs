using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>A thousand times the same is one line.</summary>
public class LogDigestTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Test]
    public void The_first_of_a_kind_is_written_and_the_others_are_counted()
    {
        var digest = new LogDigest(_time);

        Assert.That(digest.ShouldWrite("a", out var first), Is.True);
        Assert.That(first, Is.Empty);
        Assert.That(Enumerable.Range(0, 1000).Count(number => digest.ShouldWrite("a", out var _)), Is.Zero);

        _time.Advance(LogDigest.Window);
        Assert.That(digest.ShouldWrite("a", out var later), Is.True);
        Assert.That(later, Does.Contain("1000 more"));
    }

    [Test]
    public void Another_kind_has_its_own_line()
    {
        var digest = new LogDigest(_time);
        digest.ShouldWrite("a", out _);

        Assert.That(digest.ShouldWrite("b", out _), Is.True);
    }
}
