using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class SecretTokenTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Test]
    public void A_new_token_is_well_formed() =>
        Assert.That(Enumerable.Range(0, 1000).Select(_ => SecretToken.Create()), Has.All.Matches<string>(SecretToken.IsWellFormed));

    [Test]
    public void A_new_token_is_128_bits_in_lower_case_hex() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => SecretToken.Create()), Has.All.Match("^[0-9a-f]{32}$"));

    [Test]
    public void No_two_tokens_are_the_same() =>
        Assert.That(Enumerable.Range(0, 10_000).Select(_ => SecretToken.Create()), Is.Unique);

    [Test]
    public void Every_digit_of_a_token_is_random()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => SecretToken.Create()).ToList();

        for (var i = 0; i < 32; i++)
            Assert.That(tokens.Select(token => token[i]).Distinct().Count(), Is.EqualTo(16), $"digit {i}");
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0123456789abcdef0123456789abcde", TestName = "{m}(a digit short)")]
    [TestCase("0123456789abcdef0123456789abcdef0", TestName = "{m}(a digit long)")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF", TestName = "{m}(upper case)")]
    [TestCase("0123456789abcdef 123456789abcdef", TestName = "{m}(a blank)")]
    [TestCase("0123456789abcdef0123456789abcdeg", TestName = "{m}(not hex)")]
    [TestCase("0123456789abcdef0123456789abcde\n", TestName = "{m}(a line break)")]
    [TestCase("٠123456789abcdef0123456789abcdef", TestName = "{m}(a digit of another script)")]
    [TestCase("01234567-89ab-cdef-0123-456789abcdef", TestName = "{m}(a GUID)")]
    public void What_cannot_be_a_token_is_turned_away(string? text) =>
        Assert.That(SecretToken.IsWellFormed(text), Is.False);

    [Test]
    public void Any_text_that_is_taken_for_a_token_has_its_shape() =>
        Rule.Holds(Gen.Elements("0123456789abcdefgABCDEF -".ToCharArray()).ArrayOf(32).Select(digits => new string(digits)),
            text => SecretToken.IsWellFormed(text) == text.All(digit => digit is >= '0' and <= '9' or >= 'a' and <= 'f'));

    [Test]
    public void A_token_equals_itself() => Assert.That(SecretToken.AreEqual(Token, new string(Token)), Is.True);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0123456789abcdef0123456789abcdee")]
    [TestCase("1123456789abcdef0123456789abcdef")]
    [TestCase("0123456789abcdef0123456789abcde")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF")]
    public void A_token_equals_nothing_else_though_a_database_may_ignore_case(string? other) =>
        Assert.That(SecretToken.AreEqual(Token, other), Is.False);
}
