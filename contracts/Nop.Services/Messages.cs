using Nop.Core;
using Nop.Core.Domain.Messages;

namespace Nop.Services.Messages;

/// <summary>What a placeholder of a message template stands for; encoded in the body unless it says otherwise.</summary>
public class Token
{
    public Token(string key, object value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; }

    public object Value { get; }
}

/// <summary>Names of the groups that tokens are listed in.</summary>
public static class TokenGroupNames
{
    public static string OrderTokens => "Order tokens";
}

/// <summary>The tokens of an entity have been collected for a mail. 4.80 has it elsewhere, in another form.</summary>
public class EntityTokensAddedEvent<T> where T : BaseEntity
{
    public EntityTokensAddedEvent(T entity, IList<Token> tokens)
    {
        Entity = entity;
        Tokens = tokens;
    }

    public T Entity { get; }

    public IList<Token> Tokens { get; }
}

/// <summary>Message templates.</summary>
public interface IMessageTemplateService
{
    Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate);

    Task InsertMessageTemplateAsync(MessageTemplate messageTemplate);

    /// <summary>Those of a name, active or not; of one store, or of all.</summary>
    Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null);
}

/// <summary>Accounts that mails are sent from.</summary>
public interface IEmailAccountService
{
    Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId);

    Task<IList<EmailAccount>> GetAllEmailAccountsAsync();
}

/// <summary>Sends a mail at once, past the queue.</summary>
public interface IEmailSender
{
    Task SendEmailAsync(EmailAccount emailAccount, string subject, string body, string fromAddress, string fromName, string toAddress, string toName,
        string replyTo = null, string replyToName = null, IEnumerable<string> bcc = null, IEnumerable<string> cc = null,
        string attachmentFilePath = null, string attachmentFileName = null, int attachedDownloadId = 0, IDictionary<string, string> headers = null);
}

/// <summary>Puts mails into the queue.</summary>
public interface IWorkflowMessageService
{
    /// <summary>Fills a template and queues the mail; answers the queued mail's id.</summary>
    Task<int> SendNotificationAsync(MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens,
        string toEmailAddress, string toName, string attachmentFilePath = null, string attachmentFileName = null,
        string replyToEmailAddress = null, string replyToName = null, string fromEmail = null, string fromName = null,
        string subject = null, bool ignoreDelayBeforeSend = false);
}
