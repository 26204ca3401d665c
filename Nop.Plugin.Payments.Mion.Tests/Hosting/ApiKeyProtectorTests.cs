using Microsoft.AspNetCore.DataProtection;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class ApiKeyProtectorTests
{
    private readonly EphemeralDataProtectionProvider _keys = new();

    [TestCase(Some.ApiKey)]
    [TestCase("protected:x")]
    [TestCase("ключ mit Umlauten ü")]
    public void A_key_comes_back_as_it_was(string key) => Assert.Multiple(() =>
    {
        var stored = new ApiKeyProtector(_keys).Protect(key);

        Assert.That(new ApiKeyProtector(_keys).TryUnprotect(stored, out var read), Is.True);
        Assert.That(read, Is.EqualTo(key));
    });

    [Test]
    public void A_stored_key_does_not_show_the_key() => Assert.Multiple(() =>
    {
        var stored = new ApiKeyProtector(_keys).Protect(Some.ApiKey);

        Assert.That(stored, Does.StartWith("protected:").And.Not.Contain(Some.ApiKey));
        Assert.That(stored, Is.Not.EqualTo(new ApiKeyProtector(_keys).Protect(Some.ApiKey)), "the same key looks different each time");
    });

    [Test]
    public void Blanks_that_were_copied_along_are_dropped() => Assert.Multiple(() =>
    {
        Assert.That(new ApiKeyProtector(_keys).TryUnprotect(new ApiKeyProtector(_keys).Protect($" {Some.ApiKey}\n"), out var read), Is.True);
        Assert.That(read, Is.EqualTo(Some.ApiKey));
    });

    [TestCase("")]
    [TestCase("  ")]
    [TestCase(null)]
    public void No_key_is_stored_as_nothing_and_read_as_nothing(string? key) => Assert.Multiple(() =>
    {
        Assert.That(new ApiKeyProtector(_keys).Protect(key), Is.Empty);
        Assert.That(new ApiKeyProtector(_keys).TryUnprotect(key, out var read), Is.True);
        Assert.That(read, Is.Empty);
    });

    [Test]
    public void A_key_that_was_written_into_the_settings_by_hand_is_read_as_it_stands() => Assert.Multiple(() =>
    {
        Assert.That(new ApiKeyProtector(_keys).TryUnprotect($" {Some.ApiKey} ", out var read), Is.True);
        Assert.That(read, Is.EqualTo(Some.ApiKey));
    });

    [Test]
    public void A_store_that_has_lost_its_protection_keys_has_no_key() => Assert.Multiple(() =>
    {
        var stored = new ApiKeyProtector(_keys).Protect(Some.ApiKey);

        Assert.That(new ApiKeyProtector(new EphemeralDataProtectionProvider()).TryUnprotect(stored, out var read), Is.False);
        Assert.That(read, Is.Empty);
    });

    [TestCase("protected:")]
    [TestCase("protected:not base64!!")]
    [TestCase("protected:AAAA")]
    public void A_stored_key_that_was_damaged_is_no_key(string stored) => Assert.Multiple(() =>
    {
        Assert.That(new ApiKeyProtector(_keys).TryUnprotect(stored, out var read), Is.False);
        Assert.That(read, Is.Empty);
    });

    [Test]
    public void A_value_that_was_protected_for_something_else_is_no_key()
    {
        var foreign = "protected:" + _keys.CreateProtector("something else").Protect(Some.ApiKey);

        Assert.That(new ApiKeyProtector(_keys).TryUnprotect(foreign, out _), Is.False);
    }
}
