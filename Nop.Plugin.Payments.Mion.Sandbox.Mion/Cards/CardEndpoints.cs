using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Nop.Plugin.Payments.Mion.Sandbox.Mion.Answers;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// The service of a Bolt Card (LNURL-withdraw, LUD-03): <c>GET /card</c> is the address on the card, <c>GET /card/callback</c>
/// takes the invoice and pays it. A tap is good for one invoice.
/// </summary>
internal sealed class CardEndpoints(MionStandIn standIn, RequestJournal journal, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, bool> _taps = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/card", Answer(request => AnswerAsync(request, MionOperations.CardTap, Tap)));
        routes.MapGet("/card/callback", Answer(request => AnswerAsync(request, MionOperations.CardInvoice, Pay)));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, string operation, Func<HttpRequest, object> answer)
    {
        journal.Count(operation, StatusCodes.Status200OK, detail: null);
        var response = request.HttpContext.Response;
        // whoever keeps a cookie brings it along the next time
        response.Cookies.Append("card", "seen");
        switch (standIn.Card.Behaviour)
        {
            case CardBehaviour.NoJson:
                return Results.Content("<html>Welcome</html>", "text/html");
            case CardBehaviour.Redirects:
                return Results.Redirect(standIn.Card.Elsewhere!);
            case CardBehaviour.Slow:
                await Task.Delay(Timeout.Infinite, stopping);
                break;
            case CardBehaviour.Endless:
                await response.WriteAsync("{", stopping);
                await response.Body.FlushAsync(stopping);
                await Task.Delay(Timeout.Infinite, stopping);
                break;
        }

        var known = request.Headers.Cookie.Count + request.Headers.Authorization.Count + request.Headers["traceparent"].Count;
        return Results.Json(known > 0 ? Refusal("You have told who you are.") : answer(request));
    }

    private object Tap(HttpRequest request)
    {
        var card = standIn.Card;
        if (card.Behaviour == CardBehaviour.RefusesTap || !request.Query.ContainsKey("p") || !request.Query.ContainsKey("c"))
            return Refusal("<b>This card is blocked.</b>");
        var k1 = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _taps[k1] = true;
        return new
        {
            tag = card.Behaviour == CardBehaviour.WrongTag ? "payRequest" : "withdrawRequest",
            callback = card.Elsewhere ?? $"{request.Scheme}://{request.Host}/card/callback",
            k1,
            card.MinWithdrawable,
            card.MaxWithdrawable,
            defaultDescription = card.Behaviour == CardBehaviour.TooLong ? new string('x', 20_000) : "Bolt Card"
        };
    }

    private object Pay(HttpRequest request)
    {
        if (standIn.Card.Behaviour == CardBehaviour.RefusesInvoice)
            return Refusal("No money.");
        var invoice = request.Query["pr"].ToString();
        var session = standIn.Sessions.FirstOrDefault(session => session.Attempts.Any(attempt => attempt.LnInvoice == invoice));
        if (session is null || !_taps.TryRemove(request.Query["k1"].ToString(), out _))
            return Refusal("This is not what was asked for.");
        try
        {
            if (standIn.Card.Behaviour != CardBehaviour.PaysNothing)
                standIn.PayByLightning(session.PaymentSessionId, invoice);
            return new { status = "OK" };
        }
        catch (InvalidOperationException exception)
        {
            return Refusal(exception.Message);
        }
    }

    private static object Refusal(string reason) => new { status = "ERROR", reason };
}
