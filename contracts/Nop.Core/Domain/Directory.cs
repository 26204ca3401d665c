using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace Nop.Core.Domain.Directory
{
    /// <summary>A currency; <see cref="Rate"/> is against the primary exchange rate currency.</summary>
    public class Currency : BaseEntity, ILocalizedEntity, IStoreMappingSupported
    {
        public string Name { get; set; }

        public string CurrencyCode { get; set; }

        public decimal Rate { get; set; }

        public string DisplayLocale { get; set; }

        public string CustomFormatting { get; set; }

        public bool LimitedToStores { get; set; }

        public bool Published { get; set; }

        public int DisplayOrder { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime UpdatedOnUtc { get; set; }

        public int RoundingTypeId { get; set; }

        public RoundingType RoundingType
        {
            get => (RoundingType)RoundingTypeId;
            set => RoundingTypeId = (int)value;
        }
    }

    /// <summary>To what a price is rounded.</summary>
    public enum RoundingType
    {
        Rounding001 = 0,
        Rounding005Up = 10,
        Rounding005Down = 20,
        Rounding01Up = 30,
        Rounding01Down = 40,
        Rounding05 = 50,
        Rounding1 = 60,
        Rounding1Up = 70
    }

    /// <summary>Which currency orders and rates are in.</summary>
    public class CurrencySettings : ISettings
    {
        public bool DisplayCurrencyLabel { get; set; }

        public int PrimaryStoreCurrencyId { get; set; }

        public int PrimaryExchangeRateCurrencyId { get; set; }

        public string ActiveExchangeRateProviderSystemName { get; set; }

        public bool AutoUpdateEnabled { get; set; }

        public bool DisplayCurrencySymbolInCurrencySelector { get; set; }
    }
}

namespace Nop.Core.Domain.Localization
{
    /// <summary>An entity with translated properties.</summary>
    public interface ILocalizedEntity
    {
    }

    /// <summary>A language of the store.</summary>
    public class Language : BaseEntity, IStoreMappingSupported
    {
        public string Name { get; set; }

        public string LanguageCulture { get; set; }

        public string UniqueSeoCode { get; set; }

        public bool LimitedToStores { get; set; }

        public bool Published { get; set; }

        public int DisplayOrder { get; set; }
    }

    /// <summary>How languages show in addresses and in the admin area.</summary>
    public class LocalizationSettings : ISettings
    {
        public int DefaultAdminLanguageId { get; set; }

        public bool SeoFriendlyUrlsForLanguagesEnabled { get; set; }
    }
}

namespace Nop.Core.Domain.Logging
{
    /// <summary>How much a log entry matters.</summary>
    public enum LogLevel
    {
        Debug = 10,
        Information = 20,
        Warning = 30,
        Error = 40,
        Fatal = 50
    }
}
