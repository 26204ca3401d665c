using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Signs what a test sends to the webhook, where the Mion in whose place it calls would.</summary>
internal sealed class CallSigner(MadeUpMion mion) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        if (request.RequestUri!.AbsolutePath.StartsWith("/mion/webhook", StringComparison.Ordinal)
            && Sign(mion, body) is var (header, signature) && !request.Headers.Contains(header))
            request.Headers.Add(header, signature);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>The header with which a Mion signs a call; null where it does not.</summary>
    public static (string Header, string Signature)? Sign(MadeUpMion? mion, ReadOnlySpan<byte> body) =>
        mion?.Contract.GetValueOrDefault("callback.signatureHeader") is { } header
            ? (header, CallbackSignature.Sign(body, MadeUpMion.CallbackSecret)) : null;
}
