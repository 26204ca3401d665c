using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>Every line of the plugin's goes into the log through <see cref="PluginLog"/>, which knows what may stand there.</summary>
[TestFixture]
public sealed partial class LogTests
{
    [Test]
    public void Nobody_else_writes_to_the_stores_log()
    {
        var writers = Repository.PluginFiles("*.cs").Where(file => Loggers().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.That(writers, Is.EqualTo(new[] { "PluginLog.cs" }));
    }

    [GeneratedRegex("\\bILogger\\b|Nop\\.Services\\.Logging")]
    private static partial Regex Loggers();
}
