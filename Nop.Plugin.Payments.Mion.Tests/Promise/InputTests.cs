using Nop.Plugin.Payments.Mion.Sandbox.Soak;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Everything that anybody can send to the plugin's addresses, and that can come in place of Mion's answers: a fixed
/// corpus and random inputs. The soak sends a hundred thousand of them.
/// </summary>
[Category("Slow")]
[NonParallelizable]
public class InputTests
{
    private const int Random = 3000;

    [Test]
    public async Task Nothing_from_outside_makes_an_error_a_guest_a_flood_in_the_log_or_a_payment()
    {
        var run = new InputRun(TestContext.CurrentContext.Random.Next());

        await run.RunAsync(Random);

        Assert.That(run.Sent, Is.GreaterThan(Random));
        Assert.That(run.Findings, Is.Empty);
    }
}
