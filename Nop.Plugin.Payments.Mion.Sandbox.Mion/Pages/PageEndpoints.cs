using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Nop.Plugin.Payments.Mion.Sandbox.Mion.Answers;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>The pages for people: <c>/</c>, <c>/checkout/{id}</c>, and the forms on them.</summary>
internal sealed class PageEndpoints(MionStandIn standIn, MionStandInOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Answer(_ => OverviewPage.Of(standIn, null)));
        routes.MapGet("/checkout/{id}", Answer(request => standIn.Find(request.Part("id")) is { } session
            ? CheckoutPage.Of(session, options.TimeProvider.GetUtcNow(), options.ReturnAfterLightning)
            : Unknown()));
        routes.MapPost("/checkout/{id}/{act}", Answer(request => Act(request.Part("id"), request.Part("act"))));
        routes.MapPost("/faults", Answer(AddFaultAsync));
        routes.MapPost("/faults/clear", Answer(_ =>
        {
            standIn.Faults.Clear();
            return SeeOther("/");
        }));
        routes.MapPost("/permissions/{permissions}", Answer(request =>
        {
            if (!Enum.TryParse<MionPermissions>(request.Part("permissions"), out var permissions))
                return Results.BadRequest();
            standIn.Permissions = permissions;
            return SeeOther("/");
        }));
    }

    /// <summary>A button that came too late (a second tab, the clock) changes nothing: the page shows how it stands.</summary>
    private IResult Act(string id, string act)
    {
        try
        {
            standIn.Act(act, id);
        }
        catch (InvalidOperationException)
        {
        }
        catch (Exception exception) when (exception is KeyNotFoundException or ArgumentException)
        {
            return Unknown();
        }
        return SeeOther($"/checkout/{id}");
    }

    private async Task<IResult> AddFaultAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        try
        {
            standIn.Faults.Add(new FaultRule
            {
                Kind = Enum.Parse<FaultKind>(form["kind"].ToString()),
                Operation = form["operation"].ToString(),
                Count = form["count"].ToString() is { Length: > 0 } count ? Number(count) : null,
                Delay = TimeSpan.FromMilliseconds(Number(form["delay"].ToString())),
                StatusCode = Number(form["statusCode"].ToString())
            });
            return SeeOther("/");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return OverviewPage.Of(standIn, exception.Message, StatusCodes.Status400BadRequest);
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IResult Unknown() => Html.Page("Not found", "<div class=\"card\"><h1>There is no such payment</h1></div>", statusCode: StatusCodes.Status404NotFound);

    /// <summary>After a form: a reload does not send it again.</summary>
    private static IResult SeeOther(string location) => new SeeOtherResult(location);

    private sealed class SeeOtherResult(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
