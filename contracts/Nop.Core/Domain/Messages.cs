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

/// <summary>Raised where a merchant edits a message template: which tokens plugins add to those that may be used.</summary>
public class AdditionalTokensAddedEvent
{
    private readonly List<string> _tokens = [];

    public IList<string> AdditionalTokens => _tokens;

    /// <summary>Which groups of tokens are listed; null for all.</summary>
    public IEnumerable<string> TokenGroups { get; set; }

    public virtual void AddTokens(params string[] additionalTokens) => _tokens.AddRange(additionalTokens);
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
