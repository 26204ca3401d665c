using Nop.Core.Configuration;
using Nop.Services.Helpers;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Under nopCommerce's name, since the settings' key is made of it.</summary>
public sealed class DateTimeSettings : ISettings
{
    /// <summary>Id of the store's time zone; empty for UTC.</summary>
    public string DefaultStoreTimeZoneId { get; set; } = string.Empty;
}

/// <summary>Times in the store's zone: none of the shop's customers has chosen another.</summary>
public sealed class DateTimeHelper(SettingService settings) : IDateTimeHelper
{
    public TimeZoneInfo DefaultStoreTimeZone =>
        settings.Load(typeof(DateTimeSettings), 0) is DateTimeSettings { DefaultStoreTimeZoneId.Length: > 0 } chosen
            ? TimeZoneInfo.FindSystemTimeZoneById(chosen.DefaultStoreTimeZoneId) : TimeZoneInfo.Utc;

    public Task<DateTime> ConvertToUserTimeAsync(DateTime dt, DateTimeKind sourceDateTimeKind) =>
        Task.FromResult(TimeZoneInfo.ConvertTime(DateTime.SpecifyKind(dt, sourceDateTimeKind), DefaultStoreTimeZone));

    public DateTime ConvertToUtcTime(DateTime dt, TimeZoneInfo sourceTimeZone) => TimeZoneInfo.ConvertTimeToUtc(dt, sourceTimeZone);

    public Task<TimeZoneInfo> GetCurrentTimeZoneAsync() => Task.FromResult(DefaultStoreTimeZone);
}
