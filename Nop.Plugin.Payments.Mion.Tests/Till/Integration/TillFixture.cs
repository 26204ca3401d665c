using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>
/// A shop with a till: an assistant who charges, and screens that look on.
/// </summary>
public abstract class TillFixture : ShopFixture
{
    private protected const string Screen = "0123456789abcdef0123456789abcdef";

    private protected static readonly TillOrigin Origin = new(Screen, string.Empty, AssistantId: null);

    private protected static string NewKey() => SecretToken.Create();

    private protected Task<OpeningResult> ChargeAmountAsync(long cents = 1250, string note = "", string? key = null, TillOrigin? origin = null) =>
        InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChargeAmountAsync(1, EuroAmount.ToEuro(cents), "EUR", note, key ?? NewKey(), origin ?? Origin));

    private protected Task<OpeningResult> ChargeOrderAsync(int orderId, TillOrigin? origin = null) => Shop.InScopeAsync(async services =>
    {
        var order = await ((IRepository<Order>)services.GetService(typeof(IRepository<Order>))!).GetByIdAsync(orderId);
        return await ((TillCharging)services.GetService(typeof(TillCharging))!).ChargeOrderAsync(order, origin ?? Origin);
    });

    /// <summary>An order of another payment method.</summary>
    private protected async Task<int> PlaceOrderAsync()
    {
        var purchase = await BuyAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
        return purchase.OrderId;
    }

    /// <summary>A screen looks.</summary>
    private protected Task<TillStatus> LookAsync(int id) => Shop.InScopeAsync(async services =>
    {
        var session = await ((PaymentSessionStore)services.GetService(typeof(PaymentSessionStore))!).GetByIdAsync(id);
        return await ((TillStatusService)services.GetService(typeof(TillStatusService))!).ReadAsync(session!);
    });

    private protected Task<MionPaymentSession> SessionAsync(int id) =>
        InScopeAsync<PaymentSessionStore, MionPaymentSession>(async store => (await store.GetByIdAsync(id))!);

    private protected Task<IReadOnlyList<MionPaymentAttempt>> AttemptsAsync(int id) =>
        InScopeAsync<PaymentAttemptStore, IReadOnlyList<MionPaymentAttempt>>(store => store.GetAllAsync(id));

    private protected Task<bool> CancelAsync(int id) => InScopeAsync<PaymentSessionStore, bool>(store => store.TryCancelAsync(id, Time.UtcNow));
}
