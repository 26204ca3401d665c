using Nop.Core.Domain.ScheduleTasks;

namespace Nop.Services.Events
{
    /// <summary>Found by scan. A constructor that throws breaks the publisher for everybody.</summary>
    public interface IConsumer<T>
    {
        Task HandleEventAsync(T eventMessage);
    }
}

namespace Nop.Services.ScheduleTasks
{
    /// <summary>Work on a timer; runs inside a request that the store sends to itself.</summary>
    public interface IScheduleTask
    {
        Task ExecuteAsync();
    }

    /// <summary>The table of tasks; a change of period is noticed at the next start only.</summary>
    public interface IScheduleTaskService
    {
        Task DeleteTaskAsync(ScheduleTask task);

        Task<ScheduleTask> GetTaskByTypeAsync(string type);

        Task InsertTaskAsync(ScheduleTask task);

        Task UpdateTaskAsync(ScheduleTask task);
    }
}

namespace Nop.Services.Security
{
    /// <summary>Names of permissions; compiled into whoever uses them.</summary>
    public class StandardPermission
    {
        /// <summary>Permissions of the configuration pages.</summary>
        public class Configuration
        {
            public const string MANAGE_PAYMENT_METHODS = "Configuration.ManagePaymentMethods";

            public const string MANAGE_PLUGINS = "Configuration.ManagePlugins";
        }

        /// <summary>Permissions of the promotions' pages.</summary>
        public class Promotions
        {
            public const string DISCOUNTS_CREATE_EDIT_DELETE = "Promotions.DiscountsCreateEditDelete";
        }

        /// <summary>Permissions of the order pages.</summary>
        public class Orders
        {
            public const string ORDERS_VIEW = "Orders.OrdersView";

            public const string ORDERS_CREATE_EDIT_DELETE = "Orders.OrdersCreateEditDelete";
        }

        /// <summary>Permission to enter the admin area at all.</summary>
        public class Security
        {
            public const string ACCESS_ADMIN_PANEL = "Security.AccessAdminPanel";
        }
    }
}
