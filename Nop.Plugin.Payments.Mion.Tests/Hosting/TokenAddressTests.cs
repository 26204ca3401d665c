using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>What everybody who logs meanwhile, or writes the page, is told of an address that is a key.</summary>
public class TokenAddressTests
{
    private const string Token = "b0255c684468c1c666daa02307dac234";

    [TestCase("/mion/payment/" + Token, Token, "/mion/payment")]
    [TestCase("/mion/payment/" + Token + "/status", Token, "/mion/payment")]
    [TestCase("/mion/payment/17/" + Token, Token, "/mion/payment")]
    [TestCase("/mion/return/B0255C684468C1C666DAA02307DAC234/", "B0255C684468C1C666DAA02307DAC234", "/mion/return")]
    [TestCase("/mion/webhook/" + Token, Token, "/mion/webhook")]
    [TestCase("/mion/receipt/" + Token, Token, "/mion/receipt")]
    [TestCase("/mion/till/" + Token + "/code/3", Token, "/mion/till")]
    [TestCase("/mion/return", null, "/mion/return")]
    public async Task A_token_is_in_no_path_that_a_log_could_write_and_no_foreign_script_runs(string path, string? token, string expected)
    {
        var context = Call(path, token);

        var (seen, raw) = await RunAsync(context);

        Assert.That((seen, raw), Is.EqualTo((expected, "/shop" + expected)));
        Assert.That(context.HttpContext.Response.Headers.ContentSecurityPolicy.ToString(), Does.StartWith("default-src 'self';"));
        Assert.That(context.RouteData.Values["token"], Is.EqualTo(token), "the action still has it");
    }

    [Test]
    public async Task A_payments_public_address_is_the_stores_as_any_other()
    {
        var context = Call("/mion/payment/17", "17");

        Assert.That(await RunAsync(context), Is.EqualTo(("/mion/payment/17", "/shop/mion/payment/17")));
        Assert.That(context.HttpContext.Response.Headers.ContentSecurityPolicy, Is.Empty);
    }

    [TestCase("17", true)]
    [TestCase("00000000000000000000000000000017", false)]
    [TestCase(" 17", false)]
    [TestCase("-1", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    [TestCase(Token, false)]
    public void Only_the_number_of_a_row_is_public(string? text, bool expected) => Assert.That(TokenAddressAttribute.IsPublic(text), Is.EqualTo(expected));

    private static ResourceExecutingContext Call(string path, string? token)
    {
        var http = new DefaultHttpContext { Request = { PathBase = "/shop", Path = path } };
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/shop" + path;
        var route = new RouteData();
        route.Values["token"] = token;
        return new ResourceExecutingContext(new ActionContext(http, route, new ActionDescriptor()), [], []);
    }

    /// <summary>What the action sees.</summary>
    private static async Task<(string Path, string RawTarget)> RunAsync(ResourceExecutingContext context)
    {
        var seen = (string.Empty, string.Empty);
        var filter = new TokenAddressAttribute();
        filter.OnAuthorization(new AuthorizationFilterContext(context, []));
        await filter.OnResourceExecutionAsync(context, () =>
        {
            var http = context.HttpContext;
            seen = (http.Request.Path.ToString(), http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            return Task.FromResult(new ResourceExecutedContext(context, []));
        });
        return seen;
    }
}
