using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>What a call says.</summary>
/// <param name="PaymentSessionId">Mion's id of the session, where the body names one.</param>
/// <param name="IsSigned">Whether its signature was verified.</param>
/// <param name="MayNameSession">Whether the session may be taken from the body, where the address names none.</param>
/// <param name="IsMions">Whether only Mion can have sent it: signed, or to an address that Mion alone knows.</param>
/// <param name="SaysPaid">Whether it announces a payment: where the status does not say so yet, Mion is to call again.</param>
/// <param name="Options">Those by which it was read.</param>
/// <param name="Proven">What it proves of Mion's API, should it be Mion's.</param>
public sealed record Callback(
    string? PaymentSessionId, bool IsSigned, bool MayNameSession, bool IsMions, bool SaysPaid, MionApiOptions Options, IReadOnlyCollection<string> Proven);

/// <summary>Reads a call by the settings of the store that it is for, and refuses one that is not Mion's where that can be told.</summary>
public class CallbackReader(
    HealthRecord healthRecord,
    ICallbackVerifier verifier,
    IContractProof proof,
    PaymentSessionStore store,
    IStoreContext storeContext,
    IStoreService storeService,
    StoreSettings storeSettings)
{
    /// <summary>Reads a call.</summary>
    /// <param name="token">Names the session; null where the address names none.</param>
    /// <returns>What it says; null for a call that is refused, which is counted.</returns>
    public async Task<Callback?> ReadAsync(string? token, IHeaderDictionary headers, byte[] body)
    {
        var options = await storeSettings.LoadApiOptionsAsync(await FindStoreIdAsync(token));
        var isVerified = verifier.Verify(headers, body, options);
        if (isVerified == false)
        {
            await healthRecord.CountAsync(HealthFacts.CallRefused);
            return null;
        }

        var proven = new List<string>();
        var (paymentSessionId, saysPaid) = MionSessionReader.ReadCallback(body, options.Contract, proven);
        var isSigned = isVerified == true;
        if (isSigned)
            proven.Add("callback.signatureHeader");
        return new(paymentSessionId, isSigned, options.HasAccountWebhook || isSigned, isSigned || token is not null, saysPaid, options, proven);
    }

    /// <summary>
    /// Notes what a call about a session has proven that is signed, or came to the address of the session that it names: anybody may
    /// write a body, that address only Mion knows. A call about no session proves nothing: the plugin's own test signs by its settings.
    /// </summary>
    public void NoteProof(Callback call, MionPaymentSession session)
    {
        if (call.IsSigned || session.PaymentSessionId == call.PaymentSessionId)
            proof.Note(call.Options, call.Proven);
    }

    /// <summary>The session's store where a store has calls signed; else the session need not be read before it is followed.</summary>
    private async Task<int> FindStoreIdAsync(string? token)
    {
        if (token is not null && await IsAnySignedAsync() && await store.GetByWebhookTokenAsync(token) is { } session)
            return session.StoreId;
        return (await storeContext.GetCurrentStoreAsync()).Id;
    }

    private async Task<bool> IsAnySignedAsync()
    {
        foreach (var each in await storeService.GetAllStoresAsync())
        {
            if ((await storeSettings.LoadAsync(each.Id)).CallbackSignatureHeader.Length > 0)
                return true;
        }

        return false;
    }
}
