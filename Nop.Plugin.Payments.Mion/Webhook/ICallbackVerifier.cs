using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>Says whether a call is Mion's. Another one may be registered in its place.</summary>
public interface ICallbackVerifier
{
    /// <summary>Verifies a call. Even one that is Mion's is only a hint: the state is read from Mion.</summary>
    /// <param name="options">Those of the store that was called.</param>
    /// <returns>Null where calls are not verified.</returns>
    bool? Verify(IHeaderDictionary headers, byte[] body, MionApiOptions options);
}

/// <summary>By the signature over the body, where header and secret are set; none is as long as Mion describes none.</summary>
public class HmacCallbackVerifier : ICallbackVerifier
{
    public bool? Verify(IHeaderDictionary headers, byte[] body, MionApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(options);
        return options.VerifiesCallbacks
            ? CallbackSignature.IsValid(body, headers[options.CallbackSignatureHeader], options.CallbackSecret)
            : null;
    }
}
