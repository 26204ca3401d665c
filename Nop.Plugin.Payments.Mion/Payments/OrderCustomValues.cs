using System.Xml;
using System.Xml.Linq;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// <c>Order.CustomValuesXml</c>: what nopCommerce shows about a payment on the order's pages, on the PDF invoice, and in
/// e-mails by the token <c>%Order.CustomValues%</c>.
/// </summary>
/// <remarks>
/// Written by hand, because nopCommerce's own classes for it differ from version to version and the format does not:
/// <c>DictionarySerializer/item/(key, value)</c>. What later versions keep beside key and value is optional when read.
/// </remarks>
public static class OrderCustomValues
{
    private const string Root = "DictionarySerializer";
    private const string Item = "item";
    private const string Key = "key";
    private const string Value = "value";

    /// <summary>Adds a value, or replaces the one of the same name; the others stay as they are.</summary>
    /// <param name="xml">What the order has; may be null or empty.</param>
    /// <param name="name">The value's name as people read it.</param>
    /// <returns>The new XML; the old one where it cannot be read or the new one cannot be written.</returns>
    public static string? Set(string? xml, string name, string value)
    {
        try
        {
            var document = string.IsNullOrWhiteSpace(xml) ? new XDocument(new XElement(Root)) : XDocument.Parse(xml);
            if (document.Root?.Name != Root)
                return xml;
            document.Root.Elements(Item).Where(item => (string?)item.Element(Key) == name).Remove();
            document.Root.Add(new XElement(Item, new XElement(Key, name), new XElement(Value, value)));
            using var text = new StringWriter();
            document.Save(text, SaveOptions.DisableFormatting);
            return text.ToString();
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            // another plugin's, or a character that XML does not know: no reason to lose anything
            return xml;
        }
    }
}
