using System.Reflection;
using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class EuroAmountTests
{
    [TestCase("0", 0)]
    [TestCase("12", 1200)]
    [TestCase("0.01", 1)]
    [TestCase("12.34", 1234)]
    [TestCase("0.005", 1)]
    [TestCase("0.0049", 0)]
    [TestCase("0.015", 2)]
    [TestCase("0.025", 3)]
    [TestCase("-0.005", -1)]
    [TestCase("-0.025", -3)]
    [TestCase("19.9949", 1999)]
    [TestCase("19.995", 2000)]
    [TestCase("1.005", 101)]
    [TestCase("92233720368547758.07", long.MaxValue)]
    public void Half_a_cent_is_rounded_away_from_zero(string euro, long cents) =>
        Assert.That(EuroAmount.ToCents(Money(euro)), Is.EqualTo(cents));

    [TestCase("92233720368547758.08")]
    [TestCase("79228162514264337593543950335")]
    [TestCase("-79228162514264337593543950335")]
    public void An_amount_that_does_not_fit_is_an_error_and_not_another_amount(string euro) =>
        Assert.That(() => EuroAmount.ToCents(Money(euro)), Throws.InstanceOf<OverflowException>());

    [Test]
    public void Cents_survive_the_way_to_euro_and_back() =>
        Rule.Holds(Any.Whole(0, long.MaxValue - 1), cents => EuroAmount.ToCents(EuroAmount.ToEuro(cents)) == cents && EuroAmount.ToCents(EuroAmount.ToEuro(-cents)) == -cents);

    [Test]
    public void Cents_are_never_more_than_half_a_cent_off() =>
        Rule.Holds(Any.Amount(-1_000_000, 1_000_000), euro => Math.Abs(EuroAmount.ToCents(euro) - euro * 100) <= 0.5m);

    [Test]
    public void Exactly_half_a_cent_goes_away_from_zero_whatever_the_amount() =>
        Rule.Holds(Any.Whole(0, 1_000_000_000), cents =>
            EuroAmount.ToCents(EuroAmount.ToEuro(cents) + 0.005m) == cents + 1 && EuroAmount.ToCents(-EuroAmount.ToEuro(cents) - 0.005m) == -cents - 1);

    [Test]
    public void A_larger_amount_is_never_fewer_cents() =>
        Rule.Holds(Any.Amount(0, 1_000_000).Two(), pair =>
            pair.Item1 <= pair.Item2 == EuroAmount.ToCents(pair.Item1) <= EuroAmount.ToCents(pair.Item2)
            || EuroAmount.ToCents(pair.Item1) == EuroAmount.ToCents(pair.Item2));

    [Test]
    public void At_a_rate_of_one_nothing_changes() =>
        Rule.Holds(Any.Amount(0, 1_000_000), amount => EuroAmount.ToCents(amount, 1m) == EuroAmount.ToCents(amount));

    [TestCase("100", "0.9", 9000)]
    [TestCase("0.01", "0.5", 1)]
    [TestCase("19.99", "0.921234567891", 1842)]
    [TestCase("400000", "0.000025", 1000)]
    [TestCase("33.3333", "3", 10000)]
    [TestCase("1", "0.00499999", 0)]
    [TestCase("1.0001", "0.0049999", 1)]
    public void A_total_in_another_currency_is_rounded_once_and_after_the_rate(string total, string rate, long cents) =>
        Assert.That(EuroAmount.ToCents(Money(total), Money(rate)), Is.EqualTo(cents));

    [TestCase(0, "en-US", "€0.00")]
    [TestCase(5, "en-US", "€0.05")]
    [TestCase(100000000, "en-US", "€1,000,000.00")]
    [TestCase(1234, "", "€12.34")]
    [TestCase(24500, "de-DE", "245,00 €")]
    [TestCase(100000000, "de-DE", "1.000.000,00 €")]
    [SetCulture("fi-FI")]
    public void An_amount_reads_as_its_reader_writes_it_whatever_the_culture_of_the_machine(long cents, string culture, string text) =>
        Assert.That(EuroAmount.Format(cents, System.Globalization.CultureInfo.GetCultureInfo(culture)), Is.EqualTo(text));

    [Test]
    public void No_member_of_the_plugin_is_a_float()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var floats = from type in typeof(EuroAmount).Assembly.GetTypes()
                     from member in type.GetMembers(all)
                     let types = member switch
                     {
                         FieldInfo field => [field.FieldType],
                         PropertyInfo property => [property.PropertyType],
                         MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
                         _ => Type.EmptyTypes
                     }
                     where types.Any(IsFloat)
                     select $"{type.Name}.{member.Name}";

        Assert.That(floats, Is.Empty);
    }

    private static bool IsFloat(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(double) || plain == typeof(float) || plain == typeof(Half));

    private static decimal Money(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
