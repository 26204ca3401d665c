using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

public sealed class MessageTemplateService(IRepository<MessageTemplate> templates) : IMessageTemplateService
{
    public Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate) => templates.DeleteAsync(messageTemplate);

    public Task InsertMessageTemplateAsync(MessageTemplate messageTemplate) => templates.InsertAsync(messageTemplate);

    public async Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null)
        => await templates.Table.Where(template => template.Name == messageTemplateName).OrderBy(template => template.Id).ToListAsync();
}

public sealed class EmailAccountService(IRepository<EmailAccount> accounts) : IEmailAccountService
{
    public Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId) => accounts.GetByIdAsync(emailAccountId);

    public async Task<IList<EmailAccount>> GetAllEmailAccountsAsync() => await accounts.Table.OrderBy(account => account.Id).ToListAsync();
}

/// <summary>Fills templates as nopCommerce does, tokens encoded in the body, and leaves the mails in the queue.</summary>
public sealed class WorkflowMessageService(IRepository<QueuedEmail> queue, TimeProvider timeProvider) : IWorkflowMessageService
{
    public async Task<int> SendNotificationAsync(MessageTemplate messageTemplate, EmailAccount emailAccount, int languageId, IList<Token> tokens,
        string toEmailAddress, string toName, string? attachmentFilePath = null, string? attachmentFileName = null,
        string? replyToEmailAddress = null, string? replyToName = null, string? fromEmail = null, string? fromName = null,
        string? subject = null, bool ignoreDelayBeforeSend = false)
    {
        ArgumentNullException.ThrowIfNull(messageTemplate);
        ArgumentNullException.ThrowIfNull(emailAccount);
        var email = new QueuedEmail
        {
            To = toEmailAddress,
            Subject = Fill(subject ?? messageTemplate.Subject, tokens, encode: false),
            Body = Fill(messageTemplate.Body, tokens, encode: true),
            CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
        };
        await queue.InsertAsync(email);
        return email.Id;
    }

    private static string Fill(string text, IEnumerable<Token> tokens, bool encode)
        => tokens.Aggregate(text, (filled, token) => filled.Replace($"%{token.Key}%",
            encode ? System.Net.WebUtility.HtmlEncode(token.Value?.ToString()) : token.Value?.ToString(), StringComparison.OrdinalIgnoreCase));
}
