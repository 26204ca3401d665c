using Nop.Core.Configuration;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Stores
{
    /// <summary>A store; several may share one database, told apart by <see cref="Hosts"/>.</summary>
    public class Store : BaseEntity, ILocalizedEntity, ISoftDeletedEntity
    {
        public string Name { get; set; }

        public string DefaultMetaKeywords { get; set; }

        public string DefaultMetaDescription { get; set; }

        public string DefaultTitle { get; set; }

        public string HomepageTitle { get; set; }

        public string HomepageDescription { get; set; }

        public string Url { get; set; }

        public bool SslEnabled { get; set; }

        public string Hosts { get; set; }

        public int DefaultLanguageId { get; set; }

        public int DisplayOrder { get; set; }

        public string CompanyName { get; set; }

        public string CompanyAddress { get; set; }

        public string CompanyPhoneNumber { get; set; }

        public string CompanyVat { get; set; }

        public bool Deleted { get; set; }
    }

    /// <summary>An entity that may be limited to some stores.</summary>
    public interface IStoreMappingSupported
    {
        bool LimitedToStores { get; set; }
    }
}

namespace Nop.Core.Domain.Customers
{
    /// <summary>A shopper, a guest, an admin, or one of nopCommerce's own accounts.</summary>
    public class Customer : BaseEntity, ISoftDeletedEntity
    {
        public Guid CustomerGuid { get; set; }

        public string Username { get; set; }

        public string Email { get; set; }

        public string FirstName { get; set; }

        public string LastName { get; set; }

        public int? LanguageId { get; set; }

        public int? CurrencyId { get; set; }

        public bool Active { get; set; }

        public bool Deleted { get; set; }

        public bool IsSystemAccount { get; set; }

        public string SystemName { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime LastActivityDateUtc { get; set; }
    }
}

namespace Nop.Core.Domain
{
    /// <summary>How a store shows itself.</summary>
    public class StoreInformationSettings : ISettings
    {
        public bool StoreClosed { get; set; }
    }
}

namespace Nop.Core.Domain.Payments
{
    /// <summary>Which payment methods are on, and how checkout treats them.</summary>
    public class PaymentSettings : ISettings
    {
        public List<string> ActivePaymentMethodSystemNames { get; set; } = [];

        public bool AllowRePostingPayments { get; set; }

        public bool BypassPaymentMethodSelectionIfOnlyOne { get; set; }

        public bool ShowPaymentMethodDescriptions { get; set; }

        public bool SkipPaymentInfoStepForRedirectionPaymentMethods { get; set; }

        public bool CancelRecurringPaymentsAfterFailedPayment { get; set; }

        public int RegenerateOrderGuidInterval { get; set; }
    }
}

namespace Nop.Core.Domain.ScheduleTasks
{
    /// <summary>A task that the store runs every <see cref="Seconds"/>; <see cref="Type"/> is a full type name.</summary>
    public class ScheduleTask : BaseEntity
    {
        public string Name { get; set; }

        public int Seconds { get; set; }

        public string Type { get; set; }

        public DateTime? LastEnabledUtc { get; set; }

        public bool Enabled { get; set; }

        public bool StopOnError { get; set; }

        public DateTime? LastStartUtc { get; set; }

        public DateTime? LastEndUtc { get; set; }

        public DateTime? LastSuccessUtc { get; set; }
    }
}
