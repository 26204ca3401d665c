using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tasks;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Plugin.Payments.Mion.Webhook;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Registers the plugin's services, room by room.</summary>
public class NopStartup : INopStartup
{
    public int Order => 3000;

    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        AddApi(services);
        AddHosting(services);
        AddPayments(services);

        services.AddScoped<CheckoutOpening>();
        services.AddScoped<CurrentShopper>();
        services.AddScoped<ShopperCheck>();
        services.AddScoped<PaymentMethodAvailability>();
        services.AddScoped<ShopperPrices>();
        services.AddScoped<EuroOffer>();
        services.AddScoped<MethodDescription>();
        services.AddScoped<PaymentPageModelFactory>();
        services.AddScoped<DiscountRule>();
        services.AddScoped<OrderCoupons>();
        services.AddScoped<OrderChange>();

        services.AddSingleton<SingleFlight<string, WebhookResult>>();
        services.AddSingleton<SingleFlight<string, HealthModel>>();
        services.AddScoped<HealthKey>();
        services.TryAddSingleton<ICallbackVerifier, HmacCallbackVerifier>();
        services.AddScoped<CallbackReader>();
        AddTill(services);
        AddDesk(services);
        AddSetup(services);
        services.AddScoped<Housekeeping>();
    }

    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }

    private static void AddApi(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MionApiMetrics>();
        services.AddSingleton<MionApiResilience>();
        services.AddSingleton<MionClock>();
        services.AddSingleton<IContractProof, ContractProof>();
        // the store's proxy, as in its own clients; but a redirect would carry the API key to another place
        var client = services.AddHttpClient<MionApiClient>();
        client.WithProxy();
        client.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            var primary = (HttpClientHandler)handler;
            // nor does a cookie that came with one store's key go out with another's
            (primary.AllowAutoRedirect, primary.UseCookies, primary.AutomaticDecompression) = (false, false, DecompressionMethods.All);
        });
        client.AddHttpMessageHandler<MionCallLog>();
    }

    private static void AddHosting(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BackgroundScope>();
        services.AddScoped<CurrentRequest>();
        services.AddSingleton<PluginLog>();
        services.AddTransient<MionCallLog>();
        services.AddSingleton<HealthThrottle>();
        services.AddScoped<HealthStore>();
        services.AddScoped<HealthRecord>();
        services.AddScoped<WebhookTestCalls>();
        services.AddScoped<ApiKeyProtector>();
        services.AddScoped<StoreSettings>();
        services.AddScoped<ContractStandings>();
        services.AddScoped<PluginActivation>();
        services.AddScoped<PollTaskSchedule>();
        services.AddScoped<StoredRecords>();
        services.AddScoped<Installation>();
    }

    private static void AddPayments(IServiceCollection services)
    {
        services.AddSingleton<SingleFlight<string, MionSession>>();
        services.AddSingleton<PaymentApplier>();
        services.AddSingleton<SessionGauges>();
        services.AddSingleton<PaymentMetrics>();
        services.AddScoped<PaymentSessionStore>();
        services.AddScoped<PaymentEventStore>();
        services.AddScoped<EuroConversion>();
        services.AddScoped<PaymentUrls>();
        services.AddScoped<PaymentTexts>();
        services.AddScoped<KeptTexts>();
        services.AddScoped<PaidWithBitcoin>();
        services.AddScoped<OrderNotes>();
        services.AddScoped<AlertTemplate>();
        services.AddScoped<TemplateMail>();
        services.AddScoped<AlertMail>();
        services.AddScoped<OwnerAlert>();
        services.AddScoped<PaymentHistory>();
        services.AddScoped<PaymentJournal>();
        services.AddScoped<CheckSchedule>();
        services.AddScoped<StatusReader>();
        services.AddScoped<SessionOpening>();
        services.AddScoped<PayLinks>();
        services.AddScoped<PayLinkMail>();
        services.AddScoped<PayLinkTokens>();
        services.AddScoped<IMionPayments, MionPayments>();
        OrderTokensConsumer.Register(services);
        services.AddScoped<OverdueSessions>();
        services.AddScoped<PaidSessions>();
        services.AddScoped<Refunds>();
        services.AddScoped<UnansweredSessions>();
        services.AddScoped<AccountWebhook>();
        services.AddSingleton<SingleFlight<int, bool>>();
        services.AddScoped<WebhookRegistration>();
        services.AddScoped<OrderPayment>();
        services.AddScoped<PaymentConfirmation>();
        services.AddScoped<PaymentPollService>();
    }

    private static void AddTill(IServiceCollection services)
    {
        services.AddScoped<PaymentAttemptStore>();
        services.AddScoped<DayCloseStore>();
        services.AddScoped<DayClosing>();
        services.AddSingleton<CardNetwork>();
        services.AddSingleton<CardCalls>();
        services.AddScoped<CardPayment>();
        services.AddScoped<TillAttempts>();
        services.AddScoped<TillBrowser>();
        services.AddScoped<TillCharging>();
        services.AddScoped<TillStatusService>();
        services.AddScoped<TillSettingsService>();
        services.AddScoped<DayExport>();
        services.AddScoped<TillDayModelFactory>();
        services.AddScoped<TillModelFactory>();
        services.AddScoped<TillScreenModelFactory>();
        services.AddScoped<ReceiptModelFactory>();
        services.AddScoped<ReceiptMail>();
    }

    private static void AddDesk(IServiceCollection services)
    {
        services.AddScoped<PaymentSearchStore>();
        services.AddScoped<ExaminationStore>();
        services.AddScoped<PaymentDesk>();
        services.AddSingleton<SingleFlight<int, PayLinkMailResult>>();
        services.AddScoped<PayLinkDesk>();
        services.AddScoped<PaymentDoctor>();
        services.AddScoped<PaymentExport>();
        services.AddScoped<FiguresReader>();
        services.AddScoped<FiguresModelFactory>();
        services.AddScoped<StatementReader>();
        services.AddScoped<StatementExport>();
        services.AddScoped<StatementModelFactory>();
        services.AddScoped<SupportBundle>();
        services.AddScoped<SupportSettings>();
        services.AddScoped<DoctorModelFactory>();
        services.AddScoped<OrderPanelModelFactory>();
        services.AddScoped<PaymentListModelFactory>();
    }

    private static void AddSetup(IServiceCollection services)
    {
        services.AddScoped<LanguagePacks>();
        services.AddScoped<ConnectionTest>();
        services.AddScoped<WebhookRoundTrip>();
        services.AddScoped<SetupTests>();
        services.AddScoped<UninstallNotice>();
        services.AddScoped<OwnText>();
        services.AddScoped<ConfigurationSettings>();
        services.AddScoped<ContractSettings>();
        services.AddScoped<DescriptionModelFactory>();
        services.AddScoped<KeyStepFactory>();
        services.AddScoped<TaskStepFactory>();
        services.AddScoped<WebhookStepFactory>();
        services.AddScoped<SetupStepFactory>();
        services.AddScoped<HealthModelFactory>();
        services.AddScoped<ConfigurationModelFactory>();
        // a redirect of the webhook's address is what the test is to find, so it is not followed; and no proxy: Mion uses none
        services.AddHttpClient<WebhookTest>()
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false });
    }
}
