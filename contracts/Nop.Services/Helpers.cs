namespace Nop.Services.Helpers;

/// <summary>Times as the current customer reads them.</summary>
public interface IDateTimeHelper
{
    Task<DateTime> ConvertToUserTimeAsync(DateTime dt, DateTimeKind sourceDateTimeKind);

    DateTime ConvertToUtcTime(DateTime dt, TimeZoneInfo sourceTimeZone);

    Task<TimeZoneInfo> GetCurrentTimeZoneAsync();

    /// <summary>The zone of the store, whoever asks.</summary>
    TimeZoneInfo DefaultStoreTimeZone { get; }
}
