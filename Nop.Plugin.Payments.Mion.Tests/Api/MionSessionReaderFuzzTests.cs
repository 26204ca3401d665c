using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>Whatever bytes come, they are a session or a <see cref="FormatException"/>, and nothing else.</summary>
public class MionSessionReaderFuzzTests
{
    private const string Answer = """
        {"expiresAt":"2026-03-05T12:00:00.000Z","feeStatus":"correct","fundingAmountAvailable":12.5,"fundingStatus":"well-funded","paidAt":"2026-03-04T11:59:00Z",
        "paymentMethod":"lightning","paymentSessionId":"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11","refundSessionIds":["x",1,null],"status":"funded","amount":1234,"currencyIso3":"EUR","reference":"r-1"}
        """;

    private static readonly string[] _values =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e5", "1e308", "1e309", "1E-400", "NaN", "Infinity", "-Infinity", "undefined", "0x1F", "00012", "'x'", "\"\"", "\" \"", "\"x\"",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "123456789012345678901234567890123456789", "79228162514264337593543950335.5",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-03-04T12:00:00Z\"", "\"\\/Date(1234656000000)\\/\"", "\"2026-03-04T12:00:00Z\\u0000\"", "\"\\ud800\"",
        "{}", "[]", "[[[[]]]]", "{\"a\":{\"b\":[1]}}", "new Date(5)", "/*x*/1", "\"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\""
    ];

    private static readonly Gen<byte> _byte = Gen.Choose(0, 255).Select(value => (byte)value);

    /// <summary>Mion's answer with some bytes changed, dropped or repeated.</summary>
    private static readonly Gen<byte[]> _damaged =
        from at in Gen.Choose(0, Answer.Length - 1)
        from length in Gen.Choose(0, 40)
        from patch in _byte.ArrayOf().Or(Gen.Elements(_values).Select(Encoding.UTF8.GetBytes))
        let answer = Encoding.UTF8.GetBytes(Answer)
        select (byte[])[.. answer[..at], .. patch, .. answer[Math.Min(at + length, answer.Length)..]];

    /// <summary>An object with Mion's fields and values of all kinds.</summary>
    private static readonly Gen<byte[]> _unexpected =
        from values in Gen.Elements(_values).ArrayOf(13)
        let names = new[]
        {
            "expiresAt", "feeStatus", "fundingAmountAvailable", "fundingStatus", "paidAt", "paymentMethod", "refundSessionIds", "status", "amount", "currencyIso3", "reference", "PaidAt", "$type"
        }
        select Encoding.UTF8.GetBytes($$"""{"paymentSessionId":"{{Some.PaymentSessionId}}",{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}""");

    [Test]
    public void Any_bytes() => Rule.Holds(_byte.ArrayOf(), IsSessionOrFormatException);

    [Test]
    public void Any_text() => Rule.Holds(ArbMap.Default.GeneratorFor<string>().Select(text => Encoding.UTF8.GetBytes(text ?? "")), IsSessionOrFormatException);

    [Test]
    public void An_answer_with_damage() => Rule.Holds(_damaged, IsSessionOrFormatException);

    [Test]
    public void An_answer_with_values_of_any_kind() => Rule.Holds(_unexpected, IsSessionOrFormatException);

    [Test]
    public void Values_of_any_kind_do_not_always_fail() =>
        Assert.That(_unexpected.Sample(1000).Any(body => TryRead(body) is not null), Is.True);

    /// <summary>Anything but a <see cref="FormatException"/> goes on to the property and fails it.</summary>
    private static bool IsSessionOrFormatException(byte[] body) =>
        TryRead(body) is not { } session
        || Guid.TryParseExact(session.PaymentSessionId, "D", out _) && session.PaidOnUtc is null or { Kind: DateTimeKind.Utc } && session.ExpiresOnUtc is null or { Kind: DateTimeKind.Utc };

    private static MionSession? TryRead(byte[] body)
    {
        try
        {
            return MionSessionReader.Read(body);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
