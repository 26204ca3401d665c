namespace Nop.Core;

/// <summary>A row of a table; <see cref="Id"/> is its identity column.</summary>
public abstract class BaseEntity
{
    public int Id { get; set; }
}

/// <summary>nopCommerce's own exception, thrown among others by an order that cannot be marked as paid.</summary>
public class NopException : Exception
{
    public NopException()
    {
    }

    public NopException(string message) : base(message)
    {
    }

    public NopException(string messageFormat, params object[] args) : base(string.Format(messageFormat, args))
    {
    }

    public NopException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
