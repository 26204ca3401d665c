namespace Nop.Plugin.Payments.Mion.Tests;

public sealed class PlainTextTests
{
    [TestCase("ab\u00FC\u2615", "ab\u00FC\u2615")]
    [TestCase("a\U0001F355b", "a\U0001F355b")]
    [TestCase("a\0b", "a\uFFFDb")]
    [TestCase("a\uD83C", "a\uFFFD")]
    [TestCase("\uDF55b", "\uFFFDb")]
    [TestCase("\uDF55\uD83C", "\uFFFD\uFFFD")]
    public void A_persons_text_keeps_every_whole_character(string text, string expected) => Assert.That(PlainText.Clean(text), Is.EqualTo(expected));

    [TestCase("funded", "funded")]
    [TestCase("a\U0001F355b", "a\uFFFDb")]
    [TestCase("a\0b", "a\uFFFDb")]
    [TestCase("a\uD83C", "a\uFFFD")]
    public void A_machines_words_keep_what_every_column_takes(string text, string expected) => Assert.That(PlainText.CleanWords(text), Is.EqualTo(expected));

    [TestCase("", true)]
    [TestCase("A-17 \u00E4\u2615", true)]
    [TestCase("\U0001F355", false)]
    [TestCase("\uD83C", false)]
    [TestCase("\0", false)]
    public void Only_what_any_column_holds_is_looked_for(string text, bool isPlain) => Assert.That(PlainText.IsPlain(text), Is.EqualTo(isPlain));
}
