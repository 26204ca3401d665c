using Moq;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>One way into the log, as far as the merchant wants it, with nothing that does not belong there.</summary>
public class PluginLogTests
{
    private readonly FakeSettings _settings = new(storeId: 0);
    private Mock<ILogger> _store = null!;
    private List<(string Level, string Text)> _lines = null!;
    private MovableTime _time = null!;
    private PluginLog _log = null!;

    [SetUp]
    public void SetUp()
    {
        _settings.Values.LogDetail = new MionSettings().LogDetail;
        _lines = [];
        _store = new Mock<ILogger>();
        _store.Setup(log => log.InformationAsync(It.IsAny<string>(), null, null)).Callback((string text, Exception? _, object? _) => _lines.Add(("information", text)));
        _store.Setup(log => log.WarningAsync(It.IsAny<string>(), It.IsAny<Exception>(), null)).Callback((string text, Exception? _, object? _) => _lines.Add(("warning", text)));
        _store.Setup(log => log.ErrorAsync(It.IsAny<string>(), It.IsAny<Exception>(), null)).Callback((string text, Exception? exception, object? _) => _lines.Add(("error", $"{text} {exception}")));
        _time = new MovableTime();
        _log = FakeLog.Over(_store.Object, _settings, _time);
    }

    [TestCase(LogDetail.Errors, "error", "warning")]
    [TestCase(LogDetail.Information, "error", "warning", "information")]
    [TestCase(LogDetail.Debug, "error", "warning", "information", "information")]
    public async Task As_much_is_written_as_the_merchant_wants(LogDetail detail, params string[] levels)
    {
        _settings.Values.LogDetail = detail;

        await WriteAllAsync();

        Assert.That(_lines.Select(line => line.Level), Is.EqualTo(levels));
        Assert.That(_lines.Select(line => line.Text), Has.All.StartsWith("Payments.Mion"), "the support bundle finds its lines by it");
    }

    [Test]
    public async Task A_detail_is_marked_because_the_store_never_writes_its_own_level_debug()
    {
        _settings.Values.LogDetail = LogDetail.Debug;

        await _log.DebugAsync($"order {LogField.Order(7)}");

        Assert.That(_lines, Is.EqualTo(new[] { ("information", "Payments.Mion [debug]: order 7") }));
    }

    [Test]
    public async Task A_new_store_is_told_of_errors_and_warnings_only()
    {
        await WriteAllAsync();

        Assert.That(_lines.Select(line => line.Level), Is.EqualTo(new[] { "error", "warning" }));
    }

    [Test]
    public async Task A_change_of_the_setting_is_followed_at_once_where_it_was_made_and_soon_elsewhere()
    {
        await _log.InformationAsync($"one");
        _settings.Values.LogDetail = LogDetail.Information;
        await _log.InformationAsync($"two");
        _time.Advance(PluginLog.SettingAge + TimeSpan.FromSeconds(1));
        await _log.InformationAsync($"three");
        _settings.Values.LogDetail = LogDetail.Errors;
        _log.Forget();
        await _log.InformationAsync($"four");

        Assert.That(_lines.Select(line => line.Text), Is.EqualTo(new[] { "Payments.Mion: three" }));
    }

    [Test]
    public async Task What_an_exception_says_is_written_only_where_it_is_known_to_hold_no_data()
    {
        const string token = "0123456789abcdef0123456789abcdef";
        await _log.ErrorAsync($"one", new InvalidOperationException($"Key (Token)=({token}) of jane@example.com already exists.", new TimeoutException("too slow")));
        await _log.ErrorAsync($"two", new MionApiException(MionApiErrorKind.Forbidden, "Get a payment session status"));

        Assert.That(_lines[0].Text, Does.Contain("System.InvalidOperationException").And.Contain("too slow").And.Not.Contain(token).And.Not.Contain("jane"));
        Assert.That(_lines[1].Text, Does.Contain("Get a payment session status"));
    }

    [Test]
    public void A_log_that_cannot_be_written_stops_nobody()
    {
        _store.Setup(log => log.ErrorAsync(It.IsAny<string>(), It.IsAny<Exception>(), null)).ThrowsAsync(new TimeoutException());

        Assert.That(async () => await _log.ErrorAsync($"one", new TimeoutException()), Throws.Nothing);
    }

    [TestCase("5d8f2a7e-1c3b-4e5f-8a9b-0c1d2e3f4a5b", "5d8f2a7e-1c3b-4e5f-8a9b-0c1d2e3f4a5b")]
    [TestCase("jane@example.com\n<b>", "janeexamplecomb")]
    public void In_the_place_of_an_id_nothing_else_gets_in(string text, string written) => Assert.That(LogField.MionId(text).ToString(), Is.EqualTo(written));

    [TestCase("https://card.example/ln?p=secret&c=secret", "card.example")]
    [TestCase("https://[2606:4700::1111]/secret", "2606:4700::1111")]
    public void Of_an_address_the_domain_gets_in(string address, string written) => Assert.That(LogField.Domain(new Uri(address)).ToString(), Is.EqualTo(written));

    private async Task WriteAllAsync()
    {
        await _log.ErrorAsync($"an error");
        await _log.WarningAsync($"a warning");
        await _log.InformationAsync($"what happened");
        await _log.DebugAsync($"a detail");
    }
}
