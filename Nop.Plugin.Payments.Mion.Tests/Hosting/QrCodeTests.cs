using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Till;
using OthersQrCode = QRCoder.QRCodeGenerator;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>
/// The code to scan, and that the library behind it meets no other copy of itself. The tests themselves use another
/// version of the library, as another plugin of a store would.
/// </summary>
public class QrCodeTests
{
    private const string Invoice = "lnbc240384620p1yjrlrfdqd2cj0qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn54khce6mua7l";

    [Test]
    public void Another_version_of_the_library_in_the_same_process_does_no_harm_to_either()
    {
        var others = typeof(OthersQrCode).Assembly;
        var ours = QrLibrary.Assembly;

        var ourCode = QrLibrary.Encode(Invoice);
        using var theirs = new OthersQrCode().CreateQrCode(Invoice, OthersQrCode.ECCLevel.M);

        Assert.Multiple(() =>
        {
            Assert.That(ours.GetName().Name, Is.EqualTo(others.GetName().Name));
            Assert.That(ours.GetName().Version, Is.Not.EqualTo(others.GetName().Version), "the test wants two versions");
            Assert.That(AssemblyLoadContext.GetLoadContext(ours), Is.Not.SameAs(AssemblyLoadContext.Default));
            Assert.That(AssemblyLoadContext.GetLoadContext(others), Is.SameAs(AssemblyLoadContext.Default));
            Assert.That(ourCode, Has.Count.EqualTo(theirs.ModuleMatrix.Count - 2 * QrCode.QuietZone));
        });
    }

    [Test]
    public void The_plugin_refers_to_no_such_library_so_nobody_looks_for_one() =>
        Assert.That(typeof(QrCode).Assembly.GetReferencedAssemblies().Select(name => name.Name), Does.Not.Contain("QRCoder"));

    [Test]
    public void The_licence_of_the_library_is_carried_with_it()
    {
        using var stream = typeof(QrCode).Assembly.GetManifestResourceStream("Libraries.QRCoder.LICENSE.txt");

        Assert.That(stream, Is.Not.Null);
        using var reader = new StreamReader(stream!);
        Assert.That(reader.ReadToEnd(), Does.Contain("MIT License"));
    }

    [Test]
    public void A_wallet_is_given_the_invoice_in_capitals() => Assert.That(WalletUri.Lightning("lnbc1abc"), Is.EqualTo("LIGHTNING:LNBC1ABC"));

    [Test]
    public void A_wallet_is_given_address_and_amount_for_the_blockchain() =>
        Assert.That(WalletUri.Bitcoin("bc1qxyz", new MilliSatoshi(24_038_462)), Is.EqualTo("bitcoin:bc1qxyz?amount=0.00024039"));

    [Test]
    public void Capitals_make_a_smaller_code()
    {
        var capitals = QrLibrary.Encode(WalletUri.Lightning(Invoice)).Count;

        Assert.That(capitals, Is.LessThan(QrLibrary.Encode("lightning:" + Invoice).Count));
    }

    [Test]
    public void The_picture_brings_its_own_white_and_a_margin_of_four_modules()
    {
        var size = QrLibrary.Encode(Invoice).Count + 2 * QrCode.QuietZone;

        var svg = XDocument.Parse(QrCode.ToSvg(Invoice)).Root!;

        var paths = svg.Elements().ToList();
        var dark = Regex.Matches(paths[1].Attribute("d")!.Value, @"M(\d+) (\d+)h(\d+)v1").Select(run =>
            (X: int.Parse(run.Groups[1].Value), Y: int.Parse(run.Groups[2].Value), Width: int.Parse(run.Groups[3].Value))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(svg.Attribute("viewBox")!.Value, Is.EqualTo($"0 0 {size} {size}"));
            Assert.That(paths[0].Attribute("fill")!.Value, Is.EqualTo("#fff"));
            Assert.That(paths[0].Attribute("d")!.Value, Is.EqualTo($"M0 0h{size}v{size}H0z"));
            Assert.That(dark.Min(run => run.X), Is.EqualTo(QrCode.QuietZone));
            Assert.That(dark.Min(run => run.Y), Is.EqualTo(QrCode.QuietZone));
            Assert.That(dark.Max(run => run.X + run.Width), Is.EqualTo(size - QrCode.QuietZone));
        });
    }

    [Test]
    public void Every_dark_module_is_drawn_once()
    {
        var modules = QrLibrary.Encode(Invoice);
        var drawn = Regex.Matches(QrCode.ToSvg(Invoice), @"h(\d+)v1").Sum(run => int.Parse(run.Groups[1].Value));

        Assert.That(drawn, Is.EqualTo(modules.Sum(row => row.Cast<bool>().Count(isDark => isDark))));
    }
}
