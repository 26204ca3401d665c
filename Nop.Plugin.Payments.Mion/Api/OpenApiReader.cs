using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>
/// Reads an OpenAPI document (JSON; 3.0 and 3.1) into plain lists. Whatever the file is, nothing is thrown, and nothing out
/// of it is followed.
/// </summary>
public sealed class OpenApiReader
{
    /// <summary>A larger file is not read.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int MaxDepth = 64;
    private const int MaxTokens = 500_000;
    private const int MaxSteps = 200_000;
    private const int MaxOperations = 100;
    private const int MaxFields = 150;
    private const int MaxValues = 40;
    private const int MaxText = 200;
    private const int MaxReference = 500;
    private const int MaxLevels = 6;
    private const int MaxWaiting = 5000;
    private const int MaxServers = 10;
    private const int MaxDescription = 1_000_000;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] _methods = ["get", "post", "put", "patch"];
    private static readonly string[] _goodAnswers = ["200", "201", "202", "2XX", "2xx"];
    private static readonly string[] _alternatives = ["allOf", "oneOf", "anyOf"];
    private static readonly string[] _near = ["session", "payment", "webhook", "callback", "attempt"];

    private readonly JObject _root;
    private int _steps;

    private OpenApiReader(JObject root) => _root = root;

    /// <summary>Reads a file.</summary>
    /// <returns>The description; empty where there is a problem.</returns>
    public static (ApiDescription Description, DescriptionProblem Problem) Read(byte[] file)
    {
        if (file.Length > MaxBytes)
            return (new(), DescriptionProblem.TooLarge);
        try
        {
            var text = _strictUtf8.GetString(file).TrimStart('\uFEFF');
            return Check(text) is not DescriptionProblem.None and var problem ? (new(), problem) : ReadRoot(text);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or OverflowException or FormatException)
        {
            return (new(), DescriptionProblem.NotJson);
        }
        catch (TooManyStepsException)
        {
            return (new(), DescriptionProblem.TooComplex);
        }
    }

    private static (ApiDescription, DescriptionProblem) ReadRoot(string text)
    {
        using var reader = CreateReader(text);
        if (JToken.ReadFrom(reader) is not JObject root || Text(root["openapi"]) is not { } version
            || !(version.StartsWith("3.0", StringComparison.Ordinal) || version.StartsWith("3.1", StringComparison.Ordinal)))
            return (new(), DescriptionProblem.OtherVersion);
        var description = new OpenApiReader(root).Describe();
        // a form carries it from one page to the next
        return description.Operations.Count == 0 ? (new(), DescriptionProblem.NoOperations)
            : PlainJson.Write(description).Length > MaxDescription ? (new(), DescriptionProblem.TooComplex)
            : (description, DescriptionProblem.None);
    }

    /// <summary>Goes through the file once without keeping it: how large and deep it is, and whether it leads out of itself.</summary>
    private static DescriptionProblem Check(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{', ..])
            return text.Contains("openapi:", StringComparison.Ordinal) || text.Contains("swagger:", StringComparison.Ordinal)
                ? DescriptionProblem.Yaml : DescriptionProblem.NotJson;
        using var reader = CreateReader(text);
        var isReference = false;
        for (var tokens = 0; reader.Read(); tokens++)
        {
            if (tokens > MaxTokens || reader.Depth >= MaxDepth)
                return DescriptionProblem.TooComplex;
            if (isReference && reader is { TokenType: JsonToken.String, Value: string target })
            {
                if (!target.StartsWith('#'))
                    return DescriptionProblem.ReferenceOutside;
                if (target.Length > MaxReference)
                    return DescriptionProblem.TooComplex;
            }

            isReference = reader is { TokenType: JsonToken.PropertyName, Value: "$ref" };
        }

        return DescriptionProblem.None;
    }

    // the check above says what is too deep; the limit here only has to be beyond it
    private static JsonTextReader CreateReader(string text) => new(new StringReader(text))
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Double,
        MaxDepth = MaxDepth + 1
    };

    private ApiDescription Describe()
    {
        var operations = Members(_root["paths"]).SelectMany(path => Found(path.Name, path.Value)).ToList();
        var callbacks = Members(_root["webhooks"]).Concat(Members(_root["x-webhooks"]))
            .Concat(operations.SelectMany(each => Members(each.Operation["callbacks"]))
                .SelectMany(callback => Members(Resolve(callback.Value))));
        return new ApiDescription
        {
            Title = Shorten($"{Text((_root["info"] as JObject)?["title"])} {Text((_root["info"] as JObject)?["version"])}".Trim()),
            Servers = [.. Items(_root["servers"]).SelectMany(Servers).Distinct().Take(MaxServers)],
            KeyHeaders = [.. KeyHeaders(operations).Distinct().Take(10)],
            Operations = [.. (operations.Count <= MaxOperations ? operations : operations.Where(IsNear).Take(MaxOperations)).Select(Read)],
            Callbacks = [.. callbacks.SelectMany(path => Found(path.Name, path.Value)).Take(20).Select(Read)]
        };
    }

    /// <summary>Of many operations those that may be about payments.</summary>
    private static bool IsNear(FoundOperation found) => NamesOf(found.Operation).Append(found.Path)
        .Any(text => _near.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A server's address; one for each value that a variable of it can have.</summary>
    private static IEnumerable<string> Servers(JObject server)
    {
        IEnumerable<string> urls = Text(server["url"]) is { } url ? [Shorten(url)] : [];
        foreach (var (name, variable) in Members(server["variables"]).Take(5))
        {
            var values = (variable as JObject)?["enum"] is JArray list ? list.Take(MaxServers).Select(Text).OfType<string>() : [];
            string[] all = [.. values.DefaultIfEmpty(Text((variable as JObject)?["default"]) ?? string.Empty).Select(Shorten)];
            urls = [.. urls.SelectMany(each => all.Select(value => Shorten(each.Replace($"{{{name}}}", value, StringComparison.Ordinal))))
                .Distinct().Take(MaxServers)];
        }

        return urls;
    }

    /// <summary>Of the schemes that anything asks for; of all where nothing asks for one.</summary>
    private IEnumerable<string> KeyHeaders(List<FoundOperation> operations)
    {
        var asked = operations.Select(each => each.Operation["security"]).Prepend(_root["security"])
            .SelectMany(Items).SelectMany(requirement => Members(requirement)).Select(scheme => scheme.Name)
                .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in Members((_root["components"] as JObject)?["securitySchemes"]))
        {
            if (asked.Count > 0 && !asked.Contains(name) || Resolve(value) is not { } scheme)
                continue;
            switch (Text(scheme["type"])?.ToLowerInvariant(), Text(scheme["in"])?.ToLowerInvariant(),
                Text(scheme["scheme"])?.ToLowerInvariant())
            {
                case ("apikey", "header", _) when Text(scheme["name"]) is { } header:
                    yield return Shorten(header);
                    // such a description often leaves the word before the key to its prose
                    if (header.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                        yield return "Authorization: Bearer";
                    break;
                case ("http", _, "bearer"):
                    yield return "Authorization: Bearer";
                    break;
            }
        }
    }

    private IEnumerable<FoundOperation> Found(string path, JToken value)
    {
        if (Resolve(value) is not { } item)
            yield break;
        foreach (var method in _methods)
        {
            if (Resolve(item[method]) is { } operation)
                yield return new(method, path, item, operation);
        }
    }

    private static IEnumerable<string> NamesOf(JObject operation) =>
        new[] { operation["summary"], operation["operationId"], operation["description"] }.Select(Text).OfType<string>();

    private ApiOperation Read(FoundOperation found)
    {
        var (method, path, item, operation) = found;
        var parameters = Items(item["parameters"]).Concat(Items(operation["parameters"])).Select(parameter => Resolve(parameter))
            .OfType<JObject>()
            .Take(100).ToList();
        var answers = operation["responses"] as JObject;
        return new ApiOperation
        {
            Method = method.ToUpperInvariant(),
            Path = Shorten(path),
            Names = [.. NamesOf(operation).Select(Shorten)],
            QueryParameters = In("query"),
            Headers = In("header"),
            Request = Fields(Resolve(operation["requestBody"])),
            Answer = _goodAnswers.Select(code => Fields(Resolve(answers?[code]))).FirstOrDefault(fields => fields.Count > 0) ?? []
        };

        List<string> In(string place) => [.. parameters.Where(parameter => Text(parameter["in"]) == place)
            .Select(parameter => Text(parameter["name"])).OfType<string>().Select(Shorten).Distinct()];
    }

    /// <summary>The fields of a request's or an answer's JSON, those that lie least deep first.</summary>
    private List<ApiField> Fields(JObject? body)
    {
        var fields = new List<ApiField>();
        // some generators say only that a body may be anything
        var media = Members(body?["content"]).Where(content => content.Name == "*/*" || content.Name.Contains("json", StringComparison.OrdinalIgnoreCase))
            .OrderBy(content => content.Name == "application/json" ? 0 : content.Name == "*/*" ? 2 : 1).FirstOrDefault().Value;
        var schemas = new Queue<Schema>([new((media as JObject)?["schema"], string.Empty, 0, true)]);
        while (fields.Count < MaxFields && schemas.TryDequeue(out var next))
            AddFields(next, fields, schemas);
        return [.. fields.DistinctBy(field => field.Path).Take(MaxFields)];
    }

    private void AddFields(Schema next, List<ApiField> fields, Queue<Schema> schemas)
    {
        if (next.Level > MaxLevels || Resolve(next.Token) is not { } schema)
            return;
        // a field of an alternative need not be there
        foreach (var (name, part) in _alternatives.SelectMany(name => Items(schema[name]).Select(part => (name, part))))
            Add(part, next.Prefix, next.IsRequired && name == "allOf");
        Add(schema["items"], next.Prefix.TrimEnd('.') + "[].", isRequired: false);
        var required = Each(schema["required"]).Select(Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in Members(schema["properties"]))
        {
            // a name with a dot or a bar could not be told from a way, or from two names
            if (!ContractValue.IsSingleName(name))
                continue;
            var (type, format, values) = Leaf(value);
            var isRequired = next.IsRequired && required.Contains(name);
            fields.Add(new ApiField(next.Prefix + name, type, format, isRequired, values));
            Add(value, $"{next.Prefix}{name}.", isRequired);
        }

        void Add(JToken? token, string prefix, bool isRequired)
        {
            if (token is not null && schemas.Count < MaxWaiting)
                schemas.Enqueue(new(token, prefix, next.Level + 1, isRequired));
        }
    }

    /// <summary>Type, form and values of a field; those of its first alternative that has a type where it has none itself.</summary>
    private (string Type, string Format, List<string> Values) Leaf(JToken token, int level = 0)
    {
        if (level > MaxLevels || Resolve(token) is not { } schema)
            return (string.Empty, string.Empty, []);
        var type = schema["type"] is JArray types ? types.Select(Text).FirstOrDefault(name => name is not null and not "null")
            : Text(schema["type"]);
        var values = Each(schema["enum"]).Append(schema["const"]).Select(Text).OfType<string>().Select(Shorten).Distinct().Take(MaxValues)
            .ToList();
        foreach (var part in type is null ? _alternatives.SelectMany(name => Items(schema[name])) : [])
        {
            var leaf = Leaf(part, level + 1);
            if (leaf.Type.Length > 0 && leaf.Type != "null")
                return leaf;
        }

        return (Shorten(type ?? (values.Count > 0 ? "string" : string.Empty)), Shorten(Text(schema["format"]) ?? string.Empty), values);
    }

    /// <summary>An object, or the one that it refers to within the file; null for what is none, leads nowhere or in a circle.</summary>
    private JObject? Resolve(JToken? token)
    {
        for (var hops = 0; hops < 16 && token is JObject found; hops++)
        {
            Step(1);
            if (Text(found["$ref"]) is not { } reference)
                return found;
            token = reference.StartsWith("#/", StringComparison.Ordinal) ? reference[2..].Split('/').Aggregate((JToken?)_root, Descend)
                : null;
        }

        return null;
    }

    private static JToken? Descend(JToken? at, string name) => at is JArray list
        ? int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? list.ElementAtOrDefault(index) : null
        : (at as JObject)?[Uri.UnescapeDataString(name)
            .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];

    private void Step(int count)
    {
        _steps += count;
        if (_steps > MaxSteps)
            throw new TooManyStepsException();
    }

    private static IEnumerable<(string Name, JToken Value)> Members(JToken? token) =>
        token is JObject found ? found.Properties().Select(property => (property.Name, property.Value)) : [];

    private IEnumerable<JObject> Items(JToken? token) => Each(token).OfType<JObject>();

    /// <summary>What a list holds; a file may lead to one long list a thousand times.</summary>
    private JArray Each(JToken? token)
    {
        var list = token as JArray ?? [];
        Step(list.Count);
        return list;
    }

    private static string? Text(JToken? token) => token is { Type: JTokenType.String } ? (string?)token : null;

    // a cut may leave half a character, which nothing can keep
    private static string Shorten(string text) => PlainText.CleanWords(text.Length <= MaxText ? text : text[..MaxText]);

    private sealed record FoundOperation(string Method, string Path, JObject Item, JObject Operation);

    private sealed record Schema(JToken? Token, string Prefix, int Level, bool IsRequired);

    private sealed class TooManyStepsException : Exception;
}
