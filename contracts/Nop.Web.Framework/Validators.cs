using FluentValidation;

namespace Nop.Web.Framework.Validators;

/// <summary>A model's rules; found by scan and run before the action.</summary>
public abstract class BaseNopValidator<TModel> : AbstractValidator<TModel>
    where TModel : class
{
    protected BaseNopValidator()
    {
    }
}

/// <summary>Messages of rules that are looked up asynchronously.</summary>
public static class RuleBuilderOptionsExtension
{
    public static IRuleBuilderOptions<TModel, TProperty> WithMessageAwait<TModel, TProperty>(this IRuleBuilderOptions<TModel, TProperty> rule, Task<string> errorMessage) =>
        rule.WithMessage(errorMessage.GetAwaiter().GetResult());
}
