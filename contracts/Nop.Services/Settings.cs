using System.Linq.Expressions;
using Nop.Core.Configuration;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Logging;

namespace Nop.Services.Configuration
{
    /// <summary>Settings by store; a store without a value of its own has that of store 0.</summary>
    public interface ISettingService
    {
        /// <summary>Whether this very store has a value of its own.</summary>
        Task<bool> SettingExistsAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
            where T : ISettings, new();

        Task<T> LoadSettingAsync<T>(int storeId = 0)
            where T : ISettings, new();

        Task SaveSettingAsync<T>(T settings, int storeId = 0)
            where T : ISettings, new();

        Task SaveSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0, bool clearCache = true)
            where T : ISettings, new();

        /// <summary>Saves for store 0 or for a store that overrides; deletes the store's value where it does not.</summary>
        Task SaveSettingOverridablePerStoreAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, bool overrideForStore, int storeId = 0, bool clearCache = true)
            where T : ISettings, new();

        Task DeleteSettingAsync<T>()
            where T : ISettings, new();

        /// <summary>Deletes the value of this very store, where it has one.</summary>
        Task DeleteSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
            where T : ISettings, new();

        Task ClearCacheAsync();
    }
}

namespace Nop.Services.Localization
{
    /// <summary>Texts by key and language.</summary>
    public interface ILocalizationService
    {
        /// <summary>In the working language of the current customer, whom this may create.</summary>
        Task<string> GetResourceAsync(string resourceKey);

        Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "", bool returnEmptyIfNotFound = false);

        /// <summary>All texts of a language by name in lower case, with the row's id; cached.</summary>
        Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales);

        Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null);

        Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null);

        /// <summary>A setting's text in a language; the setting's own where it has none and that is wanted; null where there is no row of the setting.</summary>
        Task<string> GetLocalizedSettingAsync<TSettings>(TSettings settings, Expression<Func<TSettings, string>> keySelector, int languageId, int storeId,
            bool returnDefaultValue = true, bool ensureTwoPublishedLanguages = true)
            where TSettings : ISettings, new();

        /// <summary>Saves it beside the row that all stores share, or does nothing where there is none; an empty one is deleted.</summary>
        Task SaveLocalizedSettingAsync<TSettings>(TSettings settings, Expression<Func<TSettings, string>> keySelector, int languageId, string value)
            where TSettings : ISettings, new();
    }

    /// <summary>The languages of the store.</summary>
    public interface ILanguageService
    {
        Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0);
    }
}

namespace Nop.Services.Logging
{
    /// <summary>The log that an admin reads, with the whole address of the request: nothing secret belongs into a query string.</summary>
    public interface ILogger
    {
        Task InsertLogAsync(LogLevel logLevel, string shortMessage, string fullMessage = "", Customer customer = null);

        Task InformationAsync(string message, Exception exception = null, Customer customer = null);

        Task WarningAsync(string message, Exception exception = null, Customer customer = null);

        Task ErrorAsync(string message, Exception exception = null, Customer customer = null);
    }
}

namespace Nop.Services.Messages
{
    /// <summary>Messages on the next page shown.</summary>
    public interface INotificationService
    {
        void SuccessNotification(string message, bool encode = true, int timeout = 0);

        void WarningNotification(string message, bool encode = true, int timeout = 0);

        void ErrorNotification(string message, bool encode = true, int timeout = 0);
    }
}
