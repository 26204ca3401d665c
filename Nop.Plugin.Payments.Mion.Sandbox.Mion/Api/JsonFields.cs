using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// The fields of a request's body, read as strictly as the guide words them. Collects what is wrong, so that one
/// answer names all of it.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<FieldError> _errors = [];

    private readonly StandInContract _contract;

    private JsonFields(StandInContract contract) => _contract = contract;

    /// <param name="contract">By which the fields' names in the guides become those of the request.</param>
    /// <exception cref="ApiRefusal">415 not JSON by its type, 413 longer than the server takes, 400 not a JSON object.</exception>
    public static async Task<JsonFields> ReadAsync(HttpRequest request, StandInContract contract)
    {
        if (!request.HasJsonContentType())
            throw new ApiRefusal(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.");
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ApiRefusal(StatusCodes.Status400BadRequest, "The body must be a JSON object.");
            return Of(document.RootElement.Clone(), contract);
        }
        catch (JsonException)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, "The body is not JSON.");
        }
        catch (BadHttpRequestException exception)
        {
            throw new ApiRefusal(exception.StatusCode, "The body could not be read.");
        }
    }

    /// <summary>A whole number, written as such: 1200, but neither 1200.0 nor "1200".</summary>
    public long WholeNumber(string name, long least, long most)
    {
        if (Take(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        return Wrong<long>(name, $"must be an integer JSON number from {least} to {most}");
    }

    public bool Boolean(string name) => Take(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong<bool>(name, "must be true or false")
    };

    /// <summary>A text; null when it is wrong.</summary>
    public string? Text(string name) =>
        Take(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : Wrong<string>(name, "must be a string");

    /// <summary>A text, or null where the field is missing or null.</summary>
    public string? Optional(string name)
    {
        if (_fields.TryGetValue(_contract[name], out var value) && value.ValueKind != JsonValueKind.Null)
            return Text(name);
        _ = Take(name);
        return null;
    }

    /// <summary>A text that is read again later; empty where it is none.</summary>
    public string Peek(string name) =>
        _fields.TryGetValue(_contract[name], out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    /// <summary>Notes that a field's value is wrong.</summary>
    public T? Wrong<T>(string name, string message)
    {
        var called = _contract[name];
        _errors.Add(new FieldError(called, $"{called} {message}."));
        return default;
    }

    /// <exception cref="ApiRefusal">422: something is wrong, or there is a field that nobody asked for.</exception>
    public void Check()
    {
        foreach (var name in _fields.Keys)
            _errors.Add(new FieldError(name, $"{name} is not a field of this request."));
        if (_errors.Count > 0)
            throw new ApiRefusal(StatusCodes.Status422UnprocessableEntity, string.Join(" ", _errors.Select(error => error.Message)), _errors);
    }

    private static JsonFields Of(JsonElement body, StandInContract contract)
    {
        var fields = new JsonFields(contract);
        fields.Add(body, string.Empty);
        return fields;
    }

    /// <summary>A field of an object within the body is called by both their names.</summary>
    private void Add(JsonElement parent, string prefix)
    {
        foreach (var property in parent.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.EnumerateObject().Any())
                Add(property.Value, name + ".");
            else if (!_fields.TryAdd(name, property.Value))
                _errors.Add(new FieldError(name, $"{name} is there twice."));
        }
    }

    private JsonElement? Take(string name) => _contract[name].Length > 0 && _fields.Remove(_contract[name], out var value) ? value : null;
}
