using FsCheck;
using FsCheck.Fluent;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Values for <see cref="Rule"/>.
/// </summary>
public static class Any
{
    /// <summary>Whole numbers from end to end; FsCheck's own are small ones.</summary>
    public static Gen<long> Whole(long from, long to) => FsCheck.FSharp.Gen.Choose64(from, to);

    /// <summary>Amounts as a store keeps them: four decimals.</summary>
    public static Gen<decimal> Amount(long from, long to) => Whole(from * 10_000, to * 10_000).Select(units => units / 10_000m);

    public static Gen<TimeSpan> Time(TimeSpan from, TimeSpan to) => Whole(from.Ticks, to.Ticks).Select(TimeSpan.FromTicks);
}
