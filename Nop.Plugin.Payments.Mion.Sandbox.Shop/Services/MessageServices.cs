using Nop.Core.Domain.Common;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Common;
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

public sealed class AddressService(IRepository<Address> addresses) : IAddressService
{
    public Task<Address> GetAddressByIdAsync(int addressId) => addresses.GetByIdAsync(addressId);
}

/// <summary>
/// The mail to a customer whose order was placed, or any other about it, where the shop has its template. Plugins add tokens of their
/// own to an order's, whether or not the template has them.
/// </summary>
public sealed class OrderMails(IMessageTemplateService templates, IEmailAccountService accounts, IWorkflowMessageService messages, IAddressService addresses, IEventPublisher eventPublisher)
{
    /// <summary>Name of the template of the mail that goes out when an order is placed.</summary>
    public const string Placed = "OrderPlaced.CustomerNotification";

    /// <summary>Name of the template of the mail that goes out when an order is cancelled.</summary>
    public const string Cancelled = "OrderCancelled.CustomerNotification";

    /// <summary>Queues a mail about an order.</summary>
    /// <param name="name">The template's.</param>
    public async Task SendAsync(Order order, string name = Placed)
    {
        foreach (var template in await templates.GetMessageTemplatesByNameAsync(name, order.StoreId))
        {
            var tokens = new List<Token> { new("Order.OrderNumber", order.CustomOrderNumber) };
            await eventPublisher.PublishAsync(new EntityTokensAddedEvent<Order>(order, tokens));
            await messages.SendNotificationAsync(template, (await accounts.GetAllEmailAccountsAsync())[0], order.CustomerLanguageId, tokens,
                (await addresses.GetAddressByIdAsync(order.BillingAddressId)).Email, string.Empty);
        }
    }
}

/// <summary>A mail that was sent past the queue.</summary>
public sealed record SentMail(string From, string To, string ToName, string? ReplyTo, string Subject, string Body);

/// <summary>The mail server: what it has taken, and why it takes nothing.</summary>
public sealed class MailServer
{
    private readonly List<SentMail> _sent = [];

    /// <summary>What it has taken, the oldest first.</summary>
    public IReadOnlyList<SentMail> Sent
    {
        get
        {
            lock (_sent)
                return [.. _sent];
        }
    }

    /// <summary>What it answers to whoever sends; null while it works.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Takes a mail.</summary>
    public async Task TakeAsync(SentMail mail)
    {
        await Task.Delay(Delay);
        if (Failure is not null)
            throw Failure;
        lock (_sent)
            _sent.Add(mail);
    }
}

public sealed class EmailSender(MailServer server) : IEmailSender
{
    public Task SendEmailAsync(EmailAccount emailAccount, string subject, string body, string fromAddress, string fromName, string toAddress, string toName,
        string? replyTo = null, string? replyToName = null, IEnumerable<string>? bcc = null, IEnumerable<string>? cc = null,
        string? attachmentFilePath = null, string? attachmentFileName = null, int attachedDownloadId = 0, IDictionary<string, string>? headers = null)
        => server.TakeAsync(new(fromAddress, toAddress, toName, replyTo, subject, body));
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
