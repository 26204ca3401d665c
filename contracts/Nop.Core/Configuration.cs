using Nop.Core.Configuration;

namespace Nop.Core.Configuration
{
    /// <summary>A settings class: every property is a row, named by class and property.</summary>
    public interface ISettings
    {
    }

    /// <summary>A section of the application's configuration file.</summary>
    public interface IConfig
    {
    }

    /// <summary>The application's configuration file; here only because tag helpers ask for it.</summary>
    public class AppSettings
    {
        public AppSettings(IList<IConfig> configurations = null)
        {
        }
    }
}

namespace Nop.Core.Domain.Common
{
    /// <summary>An entity that is marked as deleted and stays in its table.</summary>
    public interface ISoftDeletedEntity
    {
        bool Deleted { get; set; }
    }

    /// <summary>Where an order is billed or shipped to.</summary>
    public class Address : BaseEntity
    {
        public string FirstName { get; set; }

        public string LastName { get; set; }

        public string Email { get; set; }
    }

    /// <summary>Settings of the admin area; here only because a tag helper asks for them.</summary>
    public class AdminAreaSettings : ISettings
    {
    }
}
