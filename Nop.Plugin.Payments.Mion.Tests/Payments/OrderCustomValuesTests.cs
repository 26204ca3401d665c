using System.Xml.Linq;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

/// <summary>A value on an order, in nopCommerce's format, beside those of others.</summary>
public class OrderCustomValuesTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    public void An_order_without_values_gets_the_first(string? xml) =>
        Assert.That(Read(OrderCustomValues.Set(xml, "Paid <with>", "€1 & more")), Is.EqualTo(new[] { ("Paid <with>", "€1 & more") }));

    [Test]
    public void The_values_of_others_stay_with_everything_that_belongs_to_them()
    {
        const string Others = "<DictionarySerializer><item><key>PO</key><value>17</value><displayToCustomer>False</displayToCustomer><location>2</location></item></DictionarySerializer>";

        var xml = OrderCustomValues.Set(Others, "Paid with Bitcoin", "€1");

        Assert.That(Read(xml), Is.EqualTo(new[] { ("PO", "17"), ("Paid with Bitcoin", "€1") }));
        Assert.That(xml, Does.Contain("<displayToCustomer>False</displayToCustomer><location>2</location>"));
    }

    [Test]
    public void A_value_of_the_same_name_is_replaced() =>
        Assert.That(Read(OrderCustomValues.Set(OrderCustomValues.Set(null, "a", "1"), "a", "2")), Is.EqualTo(new[] { ("a", "2") }));

    [TestCase("no xml at all")]
    [TestCase("<DictionarySerializer><item>")]
    [TestCase("<somethingElse />")]
    public void What_cannot_be_read_is_left_as_it_is(string xml) => Assert.That(OrderCustomValues.Set(xml, "a", "1"), Is.EqualTo(xml));

    [Test]
    public void A_character_that_XML_does_not_know_costs_the_value_and_nothing_else() =>
        Assert.That(OrderCustomValues.Set("<DictionarySerializer />", "a\u0001", "1"), Is.EqualTo("<DictionarySerializer />"));

    private static List<(string, string)> Read(string? xml) =>
        [.. XDocument.Parse(xml!).Root!.Elements("item").Select(item => (item.Element("key")!.Value, item.Element("value")!.Value))];
}
