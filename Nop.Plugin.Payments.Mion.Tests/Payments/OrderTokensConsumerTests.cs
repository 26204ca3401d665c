using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Events;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

/// <summary>The event by which nopCommerce has plugins add tokens is another type in each of its versions.</summary>
public sealed class OrderTokensConsumerTests
{
    [Test]
    public async Task It_hears_the_event_of_the_running_version()
    {
        await using var services = new PluginServices();
        using var scope = services.Provider.CreateScope();

        Assert.That(scope.ServiceProvider.GetServices<IConsumer<EntityTokensAddedEvent<Order>>>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task It_hears_the_event_as_4_80_has_it()
    {
        await using var services = new PluginServices();
        using var scope = services.Provider.CreateScope();
        var consumer = (IConsumer<TokensOf480<Order, Token>>)OrderTokensConsumer.Create(typeof(IConsumer<TokensOf480<Order, Token>>), scope.ServiceProvider.GetRequiredService<PayLinkTokens>());
        var tokens = new List<Token>();

        await consumer.HandleEventAsync(new TokensOf480<Order, Token>(new Order(), tokens));

        Assert.That(tokens.Select(token => token.Key), Is.EqualTo(new[] { "Order.MionPayLink" }));
    }

    [Test]
    public void Nothing_that_nopCommerce_would_register_by_itself_hears_of_any_type() =>
        Assert.That(typeof(MionPaymentMethod).Assembly.GetTypes().Where(type => type.IsGenericTypeDefinition && type.GetInterfaces().Any(contract => contract.Name.StartsWith("IConsumer", StringComparison.Ordinal))),
            Is.Empty, "a store would not start");

    // public, as nopCommerce's is
    public sealed class TokensOf480<T, TToken>(T entity, IList<TToken> tokens) where T : BaseEntity
    {
        public T Entity { get; } = entity;

        public IList<TToken> Tokens { get; } = tokens;
    }
}
