using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Cms;
using Nop.Services.Discounts;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Nop.Web.Framework.Infrastructure;

namespace Nop.Plugin.Payments.Mion;

/// <summary>What nopCommerce asks of a payment method: Bitcoin through Mion's hosted checkout. And of a discount's requirement: that it is chosen.</summary>
public class MionPaymentMethod(
    CheckoutOpening opening,
    CurrentRequest currentRequest,
    DiscountRule discountRule,
    Installation installation,
    MethodDescription description,
    PaymentMethodAvailability availability,
    PluginLog log,
    UninstallNotice uninstallNotice) : BasePlugin, IPaymentMethod, IWidgetPlugin, IDiscountRequirementRule
{
    private static readonly Dictionary<string, Type> _widgets = new(StringComparer.OrdinalIgnoreCase)
    {
        [AdminWidgetZones.DashboardCommonstatisticsAfter] = typeof(FiguresViewComponent),
        [AdminWidgetZones.OrderDetailsBlock] = typeof(OrderPanelViewComponent),
        [AdminWidgetZones.OrderDetailsButtons] = typeof(TillOrderButtonViewComponent),
        [AdminWidgetZones.WarningsTop] = typeof(WarningsViewComponent)
    };

    public bool SupportCapture => false;

    public bool SupportPartiallyRefund => false;

    /// <summary>False: Mion's guides document no refund through the API.</summary>
    public bool SupportRefund => false;

    public bool SupportVoid => false;

    public RecurringPaymentType RecurringPaymentType => RecurringPaymentType.NotSupported;

    public PaymentMethodType PaymentMethodType => PaymentMethodType.Redirection;

    public bool SkipPaymentInfo => false;

    /// <summary>True: what the plugin shows in the admin area belongs to the payment method, not to the list of widgets.</summary>
    public bool HideInWidgetList => true;

    /// <summary>Does nothing: the order does not exist yet.</summary>
    public Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest) => Task.FromResult(new ProcessPaymentResult());

    /// <summary>
    /// Opens a payment session for the order that was just placed and sends the shopper to Mion, or to the payment page
    /// where that does not work. Never throws: nopCommerce would show the shopper the exception's text.
    /// </summary>
    public async Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest)
    {
        var order = postProcessPaymentRequest.Order;
        var (checkoutUrl, opened) = await opening.TryOpenAsync(order);
        currentRequest.Redirect(checkoutUrl
            ?? (opened is { IsTill: false } ? currentRequest.GetPath(MionDefaults.Route.Payment, new { token = opened.Token }) : null)
            ?? currentRequest.GetPath(NopRouteNames.Standard.ORDER_DETAILS, new { orderId = order.Id }));
    }

    public async Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart) => !await availability.IsAvailableAsync(cart);

    public Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart) => availability.GetFeeAsync(cart);

    public Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest) =>
        Task.FromResult(new CapturePaymentResult { Errors = ["Capture is not supported: a Bitcoin payment is captured when it is made."] });

    public Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest) =>
        Task.FromResult(new RefundPaymentResult { Errors = ["Refund the payment at Mion, then use nopCommerce's offline refund."] });

    public Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest) =>
        Task.FromResult(new VoidPaymentResult { Errors = ["Void is not supported: a Bitcoin payment cannot be taken back."] });

    public Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest) =>
        Task.FromResult(new ProcessPaymentResult { Errors = ["Recurring payments are not supported."] });

    public Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest) =>
        Task.FromResult(new CancelRecurringPaymentResult { Errors = ["Recurring payments are not supported."] });

    /// <summary>Whether <em>Retry payment</em> makes sense: not once a payment has been received, or is on its way.</summary>
    /// <param name="order">The order; nopCommerce has checked that its payment is pending.</param>
    public async Task<bool> CanRePostProcessPaymentAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return await opening.CanOpenAgainAsync(order);
    }

    public Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form) => Task.FromResult<IList<string>>([]);

    public Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form) => Task.FromResult(new ProcessPaymentRequest());

    public Type GetPublicViewComponent() => typeof(PaymentInfoViewComponent);

    public Task<string> GetPaymentMethodDescriptionAsync() => description.GetAsync();

    public Task<IList<string>> GetWidgetZonesAsync() => Task.FromResult<IList<string>>([.. _widgets.Keys]);

    public Type GetWidgetViewComponent(string widgetZone) => _widgets[widgetZone];

    public override string? GetConfigurationPageUrl() => currentRequest.GetPath(MionDefaults.Route.Configure);

    /// <summary>Whether a discount that requires a payment with Bitcoin applies.</summary>
    public Task<DiscountRequirementValidationResult> CheckRequirementAsync(DiscountRequirementValidationRequest request) => discountRule.CheckAsync(request);

    public string? GetConfigurationUrl(int discountId, int? discountRequirementId) =>
        currentRequest.GetPath(MionDefaults.Route.DiscountRule, new { discountId, discountRequirementId });

    public override async Task InstallAsync()
    {
        await installation.InstallAsync();
        await base.InstallAsync();
    }

    public override async Task UpdateAsync(string currentVersion, string targetVersion)
    {
        // not in a try block of nopCommerce's: what is thrown here would keep the store from starting
        try
        {
            await installation.UpdateAsync();
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the update from {LogField.Version(currentVersion)} to {LogField.Version(targetVersion)} is incomplete.", exception);
        }

        await base.UpdateAsync(currentVersion, targetVersion);
    }

    /// <summary>
    /// Says what goes and what stays. nopCommerce asks nothing when a plugin is uninstalled, but calls this when the button
    /// is pressed; the change can be discarded until the store is restarted.
    /// </summary>
    public override async Task PreparePluginToUninstallAsync()
    {
        await base.PreparePluginToUninstallAsync();
        // without a request there is nobody to tell
        if (currentRequest.Exists)
            await uninstallNotice.ShowAsync((await discountRule.FindAsync()).Count);
    }

    public override async Task UninstallAsync()
    {
        await discountRule.DeactivateAsync();
        await installation.UninstallAsync();
        await base.UninstallAsync();
    }
}
