using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>What a store owner uploads, made by the command that the README names.</summary>
[TestFixture]
[Category("Slow")]
[NonParallelizable]
public sealed class PluginZipTests
{
    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static async Task<byte[]> ReadResourceAsync(string name)
    {
        await using var stream = typeof(MionDefaults).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private const string Folder = "Payments.Mion/";
    private const string SourceFolder = "Nop.Plugin.Payments.Mion/";
    private const string Marketplace = "-marketplace.zip";

    private static readonly string _project = Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion");
    private byte[] _zip = [];
    private byte[] _marketplaceZip = [];
    private Dictionary<string, byte[]> _files = [];
    private Dictionary<string, byte[]> _marketplaceFiles = [];

    [OneTimeSetUp]
    public async Task Publish()
    {
        await RunAsync("publish", _project, "-c", "Release", "--no-restore", "-v", "q");
        _zip = await File.ReadAllBytesAsync(ZipFile());
        _marketplaceZip = await File.ReadAllBytesAsync(MarketplaceZipFile());
        _files = await UnzipAsync(_zip);
        _marketplaceFiles = await UnzipAsync(_marketplaceZip);
    }

    [Test]
    public void It_holds_the_plugin_and_nothing_else()
    {
        var sources = new[] { "Views", "Content" }.SelectMany(folder => Directory.GetFiles(Path.Combine(_project, folder), "*", SearchOption.AllDirectories))
            .Select(file => Folder + Path.GetRelativePath(_project, file).Replace('\\', '/'));

        Assert.That(_files.Keys, Is.EquivalentTo(sources.Concat(
        [
            $"{Folder}Nop.Plugin.Payments.Mion.dll", $"{Folder}Polly.Core.dll", $"{Folder}plugin.json", $"{Folder}logo.png"
        ])));
    }

    [Test]
    public void Its_description_is_what_a_store_looks_for()
    {
        var description = JObject.Parse(System.Text.Encoding.UTF8.GetString(_files[$"{Folder}plugin.json"]).TrimStart('\uFEFF'));
        var version = AssemblyVersion(_files[$"{Folder}Nop.Plugin.Payments.Mion.dll"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)description["SystemName"], Is.EqualTo("Payments.Mion"));
            Assert.That((string?)description["Group"], Is.EqualTo("Payment methods"));
            Assert.That((string?)description["FileName"], Is.EqualTo("Nop.Plugin.Payments.Mion.dll"));
            Assert.That(description["SupportedVersions"]!.Values<string>(), Is.EqualTo(new[] { "4.80", "4.90" }));
            Assert.That((string?)description["Version"], Is.EqualTo(version.ToString(3)));
            Assert.That(Path.GetFileName(ZipFile()), Is.EqualTo($"Payments.Mion-{version.ToString(3)}.zip"));
        }
    }

    [Test]
    public async Task Beside_it_lie_its_checksum_and_a_list_of_what_others_have_made_of_it()
    {
        var checksum = Sha256(_zip);
        Assert.That(await File.ReadAllTextAsync(ZipFile() + ".sha256"), Is.EqualTo($"{checksum}  {Path.GetFileName(ZipFile())}\n"));

        var bom = JObject.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(ZipFile(), ".cdx.json")));
        var components = bom["components"]!.ToDictionary(each => (string)each["name"]!, each => (Version: (string?)each["version"], Hash: (string?)each["hashes"]![0]!["content"]));
        var embedded = await ReadResourceAsync("Libraries.QRCoder.dll");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)bom["bomFormat"], Is.EqualTo("CycloneDX"));
            Assert.That((string?)bom["metadata"]!["component"]!["hashes"]![0]!["content"], Is.EqualTo(checksum));
            // each assembly of the zip, and the one inside ours
            Assert.That(components.Values.Select(component => component.Hash), Is.EquivalentTo(
                _files.Where(file => file.Key.EndsWith(".dll", StringComparison.Ordinal)).Select(file => file.Value).Append(embedded).Select(Sha256)));
            Assert.That(components["Nop.Plugin.Payments.Mion.dll"].Version, Is.EqualTo(MionDefaults.Version));
            Assert.That(bom["components"]!.Skip(1).Select(each => (string?)each["purl"]), Is.All.Match(@"^pkg:nuget/\w+(\.\w+)?@\d+\.\d+\.\d+$"));
            Assert.That(bom.ToString(), Does.Not.Contain("{version}").And.Not.Match(@"\{[a-zA-Z]+\}"));
        }
    }

    [Test]
    public void Its_logo_has_the_size_of_the_official_ones()
    {
        var logo = _files[$"{Folder}logo.png"];

        Assert.That(logo[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }), "a PNG");
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(logo.AsSpan(16)), Is.EqualTo(120));
        Assert.That(BinaryPrimitives.ReadInt32BigEndian(logo.AsSpan(20)), Is.EqualTo(120));
    }

    [Test]
    public void Its_third_party_assembly_keeps_the_version_that_others_ship_too()
    {
        Assert.That(AssemblyVersion(_files[$"{Folder}Polly.Core.dll"]), Is.EqualTo(new Version(8, 0, 0, 0)));
    }

    [Test]
    public void It_asks_for_no_newer_assembly_than_a_store_has()
    {
        using var reader = new PEReader(new MemoryStream(_files[$"{Folder}Nop.Plugin.Payments.Mion.dll"]));
        var metadata = reader.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, newest) in new[] { ("Nop.Core", "4.90.0.0"), ("Nop.Data", "4.90.0.0"), ("Nop.Services", "4.90.0.0"), ("Nop.Web.Framework", "4.90.0.0"),
                ("FluentMigrator", "7.1.0.0"), ("FluentMigrator.Abstractions", "7.1.0.0"), ("linq2db", "5.4.1.0"), ("FluentValidation", "11.0.0.0"), ("Newtonsoft.Json", "13.0.0.0") })
                Assert.That(references.GetValueOrDefault(name, new Version(0, 0)), Is.AtMost(new Version(newest)), name);
        }
    }

    [Test]
    public async Task Built_again_it_is_the_same_to_the_byte()
    {
        await RunAsync("msbuild", _project, "-t:Rebuild;ZipPlugin;ZipForMarketplace", "-p:Configuration=Release", "-p:BuildProjectReferences=false", "-v:q", "-nologo");

        Assert.That(await File.ReadAllBytesAsync(ZipFile()), Is.EqualTo(_zip));
        Assert.That(await File.ReadAllBytesAsync(MarketplaceZipFile()), Is.EqualTo(_marketplaceZip));
    }

    [Test]
    public void The_one_for_the_marketplace_holds_the_same_plugin_its_sources_and_the_list()
    {
        var sources = Repository.PluginFiles("*").Select(file => SourceFolder + Path.GetRelativePath(_project, file).Replace('\\', '/'));

        Assert.That(_marketplaceFiles.Keys, Is.EquivalentTo(_files.Keys.Concat(sources).Append("uploadedItems.json")));
        Assert.That(_files.Where(file => !file.Value.SequenceEqual(_marketplaceFiles[file.Key])).Select(file => file.Key), Is.Empty);
    }

    [Test]
    public void The_list_for_the_marketplace_names_what_lies_beside_it()
    {
        var items = JArray.Parse(System.Text.Encoding.UTF8.GetString(_marketplaceFiles["uploadedItems.json"]));
        var description = JObject.Parse(System.Text.Encoding.UTF8.GetString(_files[$"{Folder}plugin.json"]).TrimStart('\uFEFF'));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Select(item => (string?)item["SupportedVersion"]), Is.EqualTo(description["SupportedVersions"]!.Values<string>()), "one for each version");
            Assert.That(items.Select(item => (string?)item["Type"]), Is.All.EqualTo("Plugin"));
            Assert.That(items.Select(item => (string?)item["SystemName"]), Is.All.EqualTo((string?)description["SystemName"]));
            Assert.That(items.Select(item => (string?)item["DirectoryPath"]), Is.All.EqualTo(Folder));
            Assert.That(items.Select(item => (string?)item["SourceDirectoryPath"]), Is.All.EqualTo(SourceFolder));
        }
    }

    private static string ZipFile() => Directory.GetFiles(Path.Combine(Repository.Root, "artifacts"), "Payments.Mion-*.zip")
        // of another version's, one that was built before may lie there too
        .Where(file => !file.EndsWith(Marketplace, StringComparison.Ordinal)).MaxBy(File.GetLastWriteTimeUtc)!;

    private static string MarketplaceZipFile() => ZipFile()[..^".zip".Length] + Marketplace;

    private static async Task<Dictionary<string, byte[]>> UnzipAsync(byte[] zip)
    {
        var files = new Dictionary<string, byte[]>();
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = entry.Open();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return files;
    }

    private static Version AssemblyVersion(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        return reader.GetMetadataReader().GetAssemblyDefinition().Version;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // what the test's own host was started with is none of this build's business
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase) || name.StartsWith("COMPlus", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Join(Environment.NewLine, output));
    }
}
