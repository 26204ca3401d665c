using FluentValidation;
using Nop.Services.Localization;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// What the till's settings may be. In the scope of a store a field that is not overridden posts nothing, so it is not
/// looked at there.
/// </summary>
public class TillSettingsValidator : BaseNopValidator<TillSettingsModel>
{
    /// <summary>Sets up the rules.</summary>
    public TillSettingsValidator(ILocalizationService localizationService)
    {
        Task<string> Message(string name) => localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.Till.Validation.{name}");

        RuleFor(model => model.LifetimeMinutes).InclusiveBetween(3, 24 * 60).WithMessageAwait(Message("LifetimeMinutes"))
            .When(model => IsPosted(model, model.LifetimeMinutes_OverrideForStore));
        RuleFor(model => model.OnChainLifetimeMinutes).InclusiveBetween(60, 7 * 24 * 60).WithMessageAwait(Message("OnChainLifetimeMinutes"))
            .When(model => IsPosted(model, model.OnChainLifetimeMinutes_OverrideForStore));
        RuleFor(model => model.ReturnSeconds).InclusiveBetween(0, 600).WithMessageAwait(Message("ReturnSeconds"))
            .When(model => IsPosted(model, model.ReturnSeconds_OverrideForStore));
        RuleFor(model => model.TipPercent1).InclusiveBetween(0, 100).WithMessageAwait(Message("TipPercent"))
            .When(model => IsPosted(model, model.TipPercent1_OverrideForStore));
        RuleFor(model => model.TipPercent2).InclusiveBetween(0, 100).WithMessageAwait(Message("TipPercent"))
            .When(model => IsPosted(model, model.TipPercent2_OverrideForStore));
        RuleFor(model => model.TipPercent3).InclusiveBetween(0, 100).WithMessageAwait(Message("TipPercent"))
            .When(model => IsPosted(model, model.TipPercent3_OverrideForStore));
    }

    private static bool IsPosted(TillSettingsModel model, bool isOverridden) => model.ActiveStoreScopeConfiguration == 0 || isOverridden;
}
