using FsCheck;
using FsCheck.Fluent;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Rules that hold for all values, tried on many; a failure names the value and the seed.
/// </summary>
public static class Rule
{
    private const int Tries = 2000;

    public static void Holds<T>(Gen<T> values, Func<T, bool> rule) => Prop.ForAll(values.ToArbitrary(), rule)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Tries).WithQuietOnSuccess(true));
}
