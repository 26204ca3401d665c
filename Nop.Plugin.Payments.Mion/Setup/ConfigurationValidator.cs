using System.Text.RegularExpressions;
using FluentValidation;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Rules of the configuration page.</summary>
/// <remarks>In a store's scope a field that is not the store's own is disabled, posts nothing, and must not be asked for.</remarks>
public class ConfigurationValidator : BaseNopValidator<ConfigurationModel>
{
    /// <summary>Sets up the rules.</summary>
    public ConfigurationValidator(ILocalizationService localizationService)
    {
        Task<string> Message(string name) => localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.Validation.{name}");

        RuleFor(model => model.SessionLifetimeMinutes).InclusiveBetween(15, 7 * 24 * 60).WithMessageAwait(Message("SessionLifetimeMinutes"))
            .When(model => IsPosted(model, model.SessionLifetimeMinutes_OverrideForStore));
        RuleFor(model => model.PollIntervalSeconds).InclusiveBetween(10, 3600).WithMessageAwait(Message("PollIntervalSeconds"))
            .When(model => IsPosted(model, model.PollIntervalSeconds_OverrideForStore));
        RuleFor(model => model.LatePaymentDays).InclusiveBetween(1, 60).WithMessageAwait(Message("LatePaymentDays"))
            .When(model => IsPosted(model, model.LatePaymentDays_OverrideForStore));
        RuleFor(model => model.HistoryDays).InclusiveBetween(30, 3650).WithMessageAwait(Message("HistoryDays"))
            .When(model => model.ActiveStoreScopeConfiguration == 0);
        RuleFor(model => model.AdditionalFee).GreaterThanOrEqualTo(0).WithMessageAwait(Message("NotNegative"))
            .When(model => IsPosted(model, model.AdditionalFee_OverrideForStore));
        RuleFor(model => model.MinimumOrderTotal).GreaterThanOrEqualTo(0).WithMessageAwait(Message("NotNegative"))
            .When(model => IsPosted(model, model.MinimumOrderTotal_OverrideForStore));
        RuleFor(model => model.MaximumOrderTotal).GreaterThanOrEqualTo(0).WithMessageAwait(Message("NotNegative"))
            .When(model => IsPosted(model, model.MaximumOrderTotal_OverrideForStore));
        RuleFor(model => model.MaximumOrderTotal).GreaterThanOrEqualTo(model => model.MinimumOrderTotal).WithMessageAwait(Message("MaximumBelowMinimum"))
            .When(model => model.MaximumOrderTotal > 0 && IsPosted(model, model.MaximumOrderTotal_OverrideForStore && model.MinimumOrderTotal_OverrideForStore));
        RuleForEach(model => model.Locales).ChildRules(locale => locale.RuleFor(text => text.DescriptionText).MaximumLength(1000).WithMessageAwait(Message("DescriptionText")));
        RuleFor(model => model.DescriptionText).MaximumLength(1000).WithMessageAwait(Message("DescriptionText"));

        RuleFor(model => model.ApiKey).Must(key => MionApiOptions.CanBeSent(key?.Trim() ?? string.Empty)).WithMessageAwait(Message("ApiKey"));
        RuleFor(model => model.BaseUrl).Must(url => MionApiOptions.IsAllowedAddress(url, out _)).WithMessageAwait(Message("Address"))
            .When(model => IsPosted(model, model.BaseUrl_OverrideForStore));
        RuleFor(model => model.CheckoutUrlTemplate).Must(IsCheckoutUrl).WithMessageAwait(Message("CheckoutUrlTemplate"))
            .When(model => IsPosted(model, model.CheckoutUrlTemplate_OverrideForStore));
        RuleFor(model => model.ApiKeyHeader).Must(header => Regex.IsMatch(header ?? string.Empty, "^[A-Za-z0-9-]{1,100}$")).WithMessageAwait(Message("ApiKeyHeader"))
            .When(model => IsPosted(model, model.ApiKeyHeader_OverrideForStore));
        RuleFor(model => model.ApiKeyPrefix).Matches("^[A-Za-z0-9-]{0,50}$").WithMessageAwait(Message("ApiKeyPrefix"));

        RuleFor(model => model.CallbackSignatureHeader).Matches("^[A-Za-z0-9-]{0,100}$")
            .WithMessageAwait(Message("CallbackSignatureHeader"));

        RuleFor(model => model.CreateSessionPath).Must(path => IsPath(path)).WithMessageAwait(Message("Path"))
            .When(model => IsPosted(model, model.CreateSessionPath_OverrideForStore));
        RuleFor(model => model.GetSessionStatusPath).Must(path => IsPath(path, MionApiOptions.IdPlaceholder)).WithMessageAwait(Message("PathWithId"))
            .When(model => IsPosted(model, model.GetSessionStatusPath_OverrideForStore));
        RuleFor(model => model.GetSessionByReferencePath).Must(path => IsPath(path, MionApiOptions.ReferencePlaceholder)).WithMessageAwait(Message("PathWithReference"))
            .When(model => IsPosted(model, model.GetSessionByReferencePath_OverrideForStore));
        // one without a session is for all sessions of the account
        RuleFor(model => model.CreateWebhookPath).Must(path => IsPath(path)).WithMessageAwait(Message("Path"))
            .When(model => IsPosted(model, model.CreateWebhookPath_OverrideForStore));
        // the request's body names the session too, so this path can do without
        RuleFor(model => model.CreatePaymentAttemptPath).Must(path => IsPath(path)).WithMessageAwait(Message("Path"))
            .When(model => IsPosted(model, model.CreatePaymentAttemptPath_OverrideForStore));
    }

    private static bool IsPosted(ConfigurationModel model, bool isOverridden) => model.ActiveStoreScopeConfiguration == 0 || isOverridden;

    private static bool IsCheckoutUrl(string? url) =>
        url is not null && url.Contains(MionApiOptions.IdPlaceholder, StringComparison.Ordinal)
        && MionApiOptions.IsAllowedAddress(url.Replace(MionApiOptions.IdPlaceholder, "id", StringComparison.Ordinal), out _);

    private static bool IsPath(string? path, string placeholder = "") =>
        path is not null && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && path.Contains(placeholder, StringComparison.Ordinal);
}
