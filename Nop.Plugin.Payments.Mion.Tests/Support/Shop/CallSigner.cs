using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Signs what a test sends to the webhook, where the Mion in whose place it calls would.</summary>
internal sealed class CallSigner(MadeUpMion mion) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isCall = request.RequestUri!.AbsolutePath.StartsWith("/mion/webhook", StringComparison.Ordinal);
        if (isCall && mion.Contract.TryGetValue("callback.signatureHeader", out var header) && !request.Headers.Contains(header))
        {
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            request.Headers.Add(header, CallbackSignature.Sign(body, MadeUpMion.CallbackSecret));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
