namespace Nop.Plugin.Payments.Mion.Tests;

public sealed class PlainTextTests
{
    // an attribute cannot hold half a character, nor a report its name
    private static IEnumerable<TestCaseData> Texts =>
    [
        Case("characters of up to three bytes", "ab\u00FC\u2615", "ab\u00FC\u2615", "ab\u00FC\u2615"),
        Case("a character of four bytes", "a\U0001F355b", "a\U0001F355b", "a\uFFFDb"),
        Case("NUL", "a\0b", "a\uFFFDb", "a\uFFFDb"),
        Case("a first half", "a\uD83C", "a\uFFFD", "a\uFFFD"),
        Case("a second half", "\uDF55b", "\uFFFDb", "\uFFFDb"),
        Case("two halves the wrong way round", "\uDF55\uD83C", "\uFFFD\uFFFD", "\uFFFD\uFFFD"),
        Case("nothing", "", "", "")
    ];

    [TestCaseSource(nameof(Texts))]
    public void A_persons_text_keeps_every_whole_character_and_a_machines_what_every_column_takes(string text, string persons, string machines)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlainText.Clean(text), Is.EqualTo(persons));
            Assert.That(PlainText.CleanWords(text), Is.EqualTo(machines));
            Assert.That(PlainText.IsPlain(text), Is.EqualTo(text == machines), "only what any column holds is looked for");
        }
    }

    private static TestCaseData Case(string name, string text, string persons, string machines) =>
        new TestCaseData(text, persons, machines).SetArgDisplayNames(name);
}
