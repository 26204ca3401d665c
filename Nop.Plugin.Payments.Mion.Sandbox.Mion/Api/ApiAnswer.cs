using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What the API answers, before it goes out: faults can still lose or distort it.</summary>
internal sealed record ApiAnswer(int StatusCode, string Body, string? ContentType = ApiAnswer.Json)
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Seconds or a date, as the header of that name has it.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    public static ApiAnswer Of(int statusCode, object body) => new(statusCode, JsonSerializer.Serialize(body, StandInJson.Options));

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCode;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is not null)
            response.Headers.RetryAfter = RetryAfter;
        if (Location is not null)
            response.Headers.Location = Location;
        if (StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return;
        var bytes = Encoding.UTF8.GetBytes(Body);
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}

/// <summary>One thing that is wrong with a field.</summary>
internal sealed record FieldError(string Field, string Message);

/// <summary>A request that is refused; becomes an answer with a body that says why.</summary>
internal sealed class ApiRefusal(int statusCode, string message, IReadOnlyList<FieldError>? errors = null) : Exception(message)
{
    public ApiAnswer Answer => errors is null
        ? ApiAnswer.Of(statusCode, new { message = Message })
        : ApiAnswer.Of(statusCode, new { message = Message, errors });
}
