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
