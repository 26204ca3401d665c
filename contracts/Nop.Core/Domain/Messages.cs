using Nop.Core.Configuration;

namespace Nop.Core.Domain.Messages;

/// <summary>An account that mails are sent from; a store owner's mails go to its address too.</summary>
public class EmailAccount : BaseEntity
{
    public string Email { get; set; }

    public string DisplayName { get; set; }
}

/// <summary>Which account is the default one.</summary>
public class EmailAccountSettings : ISettings
{
    public int DefaultEmailAccountId { get; set; }
}

/// <summary>A mail with placeholders such as <c>%Store.Name%</c>, found by its name and edited by the merchant.</summary>
public class MessageTemplate : BaseEntity
{
    public string Name { get; set; }

    public string BccEmailAddresses { get; set; }

    public string Subject { get; set; }

    public string Body { get; set; }

    public bool IsActive { get; set; }

    public int EmailAccountId { get; set; }

    public bool LimitedToStores { get; set; }
}
