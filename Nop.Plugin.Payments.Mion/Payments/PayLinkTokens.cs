using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Events;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// <c>%Order.MionPayLink%</c> in every message template about an order: where it can be paid with Bitcoin; empty once nothing is to be
/// paid, or a payment is on its way.
/// </summary>
public class PayLinkTokens(PayLinks payLinks, PaymentUrls paymentUrls, PluginLog log) : IConsumer<AdditionalTokensAddedEvent>
{
    /// <summary>The token's name.</summary>
    public const string Name = "Order.MionPayLink";

    /// <summary>Lists the token where a merchant edits such a template.</summary>
    public Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        ArgumentNullException.ThrowIfNull(eventMessage);
        if (eventMessage.TokenGroups?.Contains(TokenGroupNames.OrderTokens) != false)
            eventMessage.AddTokens($"%{Name}%");
        return Task.CompletedTask;
    }

    /// <summary>Adds the token of an order to a mail's. Throws nothing: the mail goes out without it.</summary>
    public async Task AddAsync(Order order, IList<Token> tokens)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(tokens);
        tokens.Add(new Token(Name, await FindUrlAsync(order)));
    }

    private async Task<string> FindUrlAsync(Order order)
    {
        try
        {
            return await payLinks.GetForMailAsync(order) is { Session: { } session } ? await paymentUrls.GetPaymentUrlAsync(session) : string.Empty;
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"a mail about order {LogField.Order(order.Id)} has no pay link.", exception);
            return string.Empty;
        }
    }
}

/// <summary>Hears that nopCommerce has collected the tokens of an order for a mail.</summary>
/// <remarks>
/// That event has another place and form in each version of nopCommerce, so one binary can name none of them: the consumer is made at
/// run time. It must not implement the interface as it stands here, since nopCommerce registers whatever does.
/// </remarks>
public class OrderTokensConsumer : DispatchProxy
{
    private PayLinkTokens? _payLinkTokens;

    /// <summary>Registers the consumer, where the running version has an event that is known.</summary>
    public static void Register(IServiceCollection services)
    {
        if (FindEvent() is not { } orderTokensAdded)
            return;
        var contract = typeof(IConsumer<>).MakeGenericType(orderTokensAdded);
        services.AddScoped(contract, provider => Create(contract, provider.GetRequiredService<PayLinkTokens>()));
    }

    /// <summary>Makes a consumer of an event that has an order and its tokens.</summary>
    /// <param name="contract">Its interface, of nopCommerce's consumers.</param>
    internal static object Create(Type contract, PayLinkTokens payLinkTokens)
    {
        var consumer = (OrderTokensConsumer)Create(contract, typeof(OrderTokensConsumer));
        consumer._payLinkTokens = payLinkTokens;
        return consumer;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var orderTokensAdded = args![0]!;
        object? Get(string property) => orderTokensAdded.GetType().GetProperty(property)?.GetValue(orderTokensAdded);
        return Get("Entity") is Order order && Get("Tokens") is IList<Token> tokens ? _payLinkTokens!.AddAsync(order, tokens) : Task.CompletedTask;
    }

    // of 4.90, and of 4.80
    private static Type? FindEvent() =>
        typeof(Token).Assembly.GetType("Nop.Services.Messages.EntityTokensAddedEvent`1")?.MakeGenericType(typeof(Order))
        ?? typeof(MessageTemplate).Assembly.GetType("Nop.Core.Domain.Messages.EntityTokensAddedEvent`2")?.MakeGenericType(typeof(Order), typeof(Token));
}
