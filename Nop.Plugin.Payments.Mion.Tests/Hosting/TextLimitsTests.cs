using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class TextLimitsTests
{
    [TestCase(null, "")]
    [TestCase("abc", "abc")]
    [TestCase("abcd", "abcd")]
    [TestCase("abcde", "abcd")]
    [TestCase("abc😀", "abc", Description = "half of it is no text to PostgreSQL")]
    [TestCase("ab😀c", "ab😀")]
    [TestCase("😀😀😀", "😀😀")]
    public void A_text_is_cut_between_its_characters(string? text, string expected) => Assert.That(TextLimits.Cut(text, 4), Is.EqualTo(expected));
}
