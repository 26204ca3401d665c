using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>What a call says.</summary>
/// <param name="PaymentSessionId">Mion's id of the session, where the body names one and a body is to name it.</param>
/// <param name="SaysPaid">Whether it announces a payment: where the status does not say so yet, Mion is to call again.</param>
public sealed record Callback(string? PaymentSessionId, bool SaysPaid);

/// <summary>Reads a call by the settings of the store that it is for, and refuses one that is not Mion's where that can be told.</summary>
public class CallbackReader(
    HealthRecord healthRecord,
    ICallbackVerifier verifier,
    IContractProof proof,
    IStoreContext storeContext,
    StoreSettings storeSettings)
{
    /// <summary>Reads a call.</summary>
    /// <param name="session">The session that its address names; null where it names none.</param>
    /// <returns>What it says; null for a call that is refused, which is counted.</returns>
    public async Task<Callback?> ReadAsync(MionPaymentSession? session, IHeaderDictionary headers, byte[] body)
    {
        var options = await storeSettings.LoadApiOptionsAsync(session?.StoreId ?? (await storeContext.GetCurrentStoreAsync()).Id);
        var isVerified = verifier.Verify(headers, body, options);
        if (isVerified == false)
        {
            await healthRecord.CountAsync(HealthFacts.CallRefused);
            return null;
        }

        var proven = new List<string>();
        var (paymentSessionId, saysPaid) = MionSessionReader.ReadCallback(body, options.Contract, proven);
        if (isVerified == true)
            proven.Add("callback.signatureHeader");
        // anybody may write a body; Mion alone signs one, or knows the session's address
        if (isVerified == true || session is not null && session.PaymentSessionId == paymentSessionId)
            proof.Note(options, proven);
        return new(options.HasAccountWebhook || isVerified == true ? paymentSessionId : null, saysPaid);
    }
}
