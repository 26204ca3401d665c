namespace Nop.Services;

/// <summary>A result that succeeded unless it carries errors.</summary>
public abstract class BaseNopResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];

    public virtual void AddError(string error) => Errors.Add(error);
}
