using System.Reflection;
using Microsoft.AspNetCore.Mvc.Routing;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>Who may see payments, and who may decide about them: each action refuses whoever lacks its permission.</summary>
[TestFixture]
public sealed class PermissionTests : ShopFixture
{
    private static readonly string[] _all = [MionPermissions.View, MionPermissions.Decide, StandardPermission.Configuration.MANAGE_PAYMENT_METHODS, StandardPermission.Orders.ORDERS_VIEW];

    private static readonly (string Verb, string Controller, string Action, string Permission)[] _actions =
    [
        ("GET", "MionPayments", "List", MionPermissions.View),
        ("POST", "MionPayments", "List", MionPermissions.View),
        ("GET", "MionPayments", "Payment", MionPermissions.View),
        ("POST", "MionPayments", "Export", MionPermissions.View),
        ("POST", "MionPayments", "Check", MionPermissions.Decide),
        ("POST", "MionPayments", "Handle", MionPermissions.Decide),
        ("GET", "MionDoctor", "Index", MionPermissions.View),
        ("POST", "MionDoctor", "Examine", MionPermissions.View),
        ("POST", "MionDoctor", "Apply", MionPermissions.Decide),
        ("POST", "MionDoctor", "Handle", MionPermissions.Decide),
        ("GET", "MionBooks", "Figures", MionPermissions.View),
        ("POST", "MionBooks", "Totals", MionPermissions.View),
        ("GET", "MionBooks", "Statement", MionPermissions.View),
        ("POST", "MionBooks", "Lines", MionPermissions.View),
        ("POST", "MionPayLink", "Copy", MionPermissions.View),
        ("POST", "MionPayLink", "Mail", MionPermissions.Decide),
        ("POST", "MionPayLink", "Offer", MionPermissions.Decide),
        ("GET", "MionPayments", "Support", StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)
    ];

    private static IEnumerable<TestCaseData> Actions() => _actions.Select(action => new TestCaseData(action.Verb, action.Controller, action.Action, action.Permission));

    [TestCaseSource(nameof(Actions))]
    public async Task An_action_lets_in_who_has_its_permission_and_nobody_else(string verb, string controller, string action, string permission)
    {
        var session = await NeedingPersonAsync();
        var (allowed, refused) = (NewBrowser(), NewBrowser());
        await allowed.EnterAdminAsClerkAsync(permission);
        await refused.EnterAdminAsClerkAsync([.. _all.Except([permission])]);

        Assert.That(await IsRefusedAsync(refused, verb, $"/Admin/{controller}/{action}", session), Is.True);
        Assert.That((await NewestSessionAsync(session.OrderId)).State, Is.EqualTo(PaymentSessionState.NeedsPerson));
        Assert.That(await IsRefusedAsync(allowed, verb, $"/Admin/{controller}/{action}", session), Is.False);
    }

    [Test]
    public void Every_action_of_the_desk_is_tried()
    {
        var actions = new[] { typeof(MionPaymentsController), typeof(MionBooksController), typeof(MionPayLinkController), typeof(MionDoctorController) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<HttpMethodAttribute>().SelectMany(attribute => attribute.HttpMethods)
                .Select(verb => (verb, method.DeclaringType!.Name.Replace("Controller", "", StringComparison.Ordinal), method.Name)));

        Assert.That(_actions.Select(action => (action.Verb, action.Controller, action.Action)), Is.EquivalentTo(actions));
    }

    [Test]
    public void The_permissions_are_in_the_access_control_list_and_administrators_have_them() =>
        Assert.That(new MionPermissions().AllConfigs.Select(config => (config.SystemName, string.Join(',', config.DefaultCustomerRoles))),
            Is.EqualTo(new[] { (MionPermissions.View, "Administrators"), (MionPermissions.Decide, "Administrators"), (MionPermissions.Charge, "Administrators") }));

    [Test]
    public async Task Menu_and_panel_are_there_for_whoever_may_see_payments_and_the_button_for_whoever_may_decide()
    {
        var session = await NeedingPersonAsync();
        var (nobody, viewer, decider) = (NewBrowser(), NewBrowser(), NewBrowser());
        await nobody.EnterAdminAsClerkAsync(StandardPermission.Orders.ORDERS_VIEW, MionPermissions.Decide);
        await viewer.EnterAdminAsClerkAsync(MionPermissions.View);
        await decider.EnterAdminAsClerkAsync(MionPermissions.View, MionPermissions.Decide);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (browser, sees, decides) in new[] { (nobody, false, false), (viewer, true, false), (decider, true, true) })
            {
                var page = await browser.OpenAsync($"/Admin/Order/Edit/{session.OrderId}");
                Assert.That(page.QuerySelector("nav a[href*=MionPayments]") is not null, Is.EqualTo(sees));
                Assert.That(page.QuerySelector("#mion-panel") is not null, Is.EqualTo(sees));
                Assert.That(page.QuerySelector("[data-mion-handle]") is not null, Is.EqualTo(decides));
                Assert.That(page.QuerySelector("[data-mion-check]") is not null, Is.EqualTo(decides), "it applies a payment");
            }

            foreach (var (browser, decides) in new[] { (viewer, false), (decider, true) })
            {
                using var answer = await browser.SendFormAsync("/Admin/MionDoctor/Examine", ("restart", "true"));
                var finding = JObject.Parse(await answer.Content.ReadAsStringAsync())["Findings"]!.Single();
                Assert.That((bool)finding["CanHandle"]!, Is.EqualTo(decides));
            }
        }
    }

    private static async Task<bool> IsRefusedAsync(ShopBrowser browser, string verb, string address, MionPaymentSession session)
    {
        using var answer = verb == "GET" ? await browser.GetAsync(address)
            : await browser.SendFormAsync(address, ("id", $"{session.Id}"), ("comment", "mine"), ("Length", "10"));
        if (answer.Headers.Location is { } location)
            return location.ToString().Contains("AccessDenied", StringComparison.Ordinal);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return false;
    }

    private async Task<MionPaymentSession> NeedingPersonAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        return session;
    }
}
