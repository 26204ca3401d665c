using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Runs <see cref="OrderPayment"/> cut off from the request, one run a session at a time. One per process.</summary>
/// <remarks>
/// A shopper who returns while a webhook's payment is being brought to the order waits for that and finds the order paid.
/// It decides nothing: that is the claim in the table, which holds for all processes.
/// </remarks>
public class PaymentApplier(BackgroundScope backgroundScope, TimeProvider timeProvider)
{
    private readonly SingleFlight<int, ApplyResult> _runs = new(timeProvider);

    /// <summary>Brings a payment to its order, or records why a person is needed.</summary>
    public Task<ApplyResult> ApplyAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        var caller = Activity.Current?.Context ?? default;
        return _runs.RunAsync(session.Id, TimeSpan.Zero, () => backgroundScope.RunAsync(session.StoreId, services =>
            PaymentTracing.RunAsync("mion apply payment", async activity =>
            {
                var result = await services.GetRequiredService<OrderPayment>().ApplyAsync(session.Id, answer, trigger);
                if (result == ApplyResult.Settled)
                    await services.GetRequiredService<Refunds>().NoteAsync(session, answer, trigger);
                activity?.SetTag("mion.outcome", result.ToString());
                return result;
            }, caller)));
    }
}
