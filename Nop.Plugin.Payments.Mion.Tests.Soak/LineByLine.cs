namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// Brings one payment to its order again and again, and hits another line of the step each time, until there is no
/// further line: every statement and every call to the shop's services, before and after.
/// </summary>
public static class LineByLine
{
    /// <summary>Plays all lines of one kind of fault.</summary>
    /// <param name="world">Where.</param>
    /// <param name="kind">What becomes of each line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many lines were hit, and the broken promises.</returns>
    public static async Task<(int Lines, IReadOnlyList<string> Violations)> PlayAsync(SoakWorld world, ShopFault kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        var violations = new List<string>();
        for (var line = 0; ; line++)
        {
            var hits = world.Faults.Total;
            var scenario = new Scenario(line * 7 + 1, 1, 0, 0, [[new Step(Act.Open, 0, 0)], [new Step(Act.PayByLightning, 0, 0)], [new Step(Act.Return, 0, 0)]]);
            var run = new ScenarioRun(world, scenario)
            {
                // the session is open and quiet: the claim that follows is the one of the payment
                BeforeRound = round =>
                {
                    if (round == 1)
                        world.Faults.Arm(kind, line, ShopPlace.AfterClaim);
                }
            };
            foreach (var violation in await run.PlayAsync(cancellationToken))
                violations.Add($"{kind} at line {line} of [{string.Join(", ", world.Faults.LinesAfterClaim)}]: {violation}");
            if (world.Faults.Total == hits)
                return (line, violations);
        }
    }
}
