using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Tests.Described;

/// <summary>Files that nobody should trust, made of good ones: other types, circles, depth, length, broken text.</summary>
internal static class HostileFiles
{
    private static readonly string[] _texts = ["", "#", "#/", "#/paths", "#/components/schemas/Session", "~", "%", "{", "}", "null",
        "string", "object", "array", "paidAt", "http://[", "\ud83d\ude00", "a.b|c", "../..", "POST", "3.1.0"];

    public static byte[] Create(Random random, IReadOnlyList<string> sources)
    {
        var source = sources[random.Next(sources.Count)];
        return random.Next(10) switch
        {
            0 => Broken(random, Encoding.UTF8.GetBytes(source)),
            1 => Encoding.UTF8.GetBytes(source[..random.Next(source.Length)]),
            2 => Encoding.UTF8.GetBytes(Deep(random.Next(1, 300))),
            _ => Encoding.UTF8.GetBytes(Changed(random, JObject.Parse(source)))
        };
    }

    private static byte[] Broken(Random random, byte[] file)
    {
        for (var i = random.Next(1, 20); i > 0; i--)
            file[random.Next(file.Length)] = (byte)random.Next(256);
        return file;
    }

    private static string Deep(int levels)
    {
        var schema = string.Concat(Enumerable.Repeat("{\"properties\":{\"a\":", levels)) + "{}" + new string('}', levels * 2);
        return "{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"get\":{\"responses\":{\"200\":{\"content\":{\"application/json\":{\"schema\":" + schema + "}}}}}}}}";
    }

    private static string Changed(Random random, JObject root)
    {
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var tokens = root.Descendants().Where(token => token is not JProperty).ToList();
            if (tokens.Count == 0)
                break;
            var token = tokens[random.Next(tokens.Count)];
            switch (random.Next(6))
            {
                case 0:
                    token.Replace(Value(random));
                    break;
                case 1 when token is JObject target:
                    target["$ref"] = tokens[random.Next(tokens.Count)] is { } other ? "#/" + other.Path.Replace('.', '/') : "#";
                    break;
                case 2 when token is JArray list:
                    for (var n = random.Next(200); n > 0; n--)
                        list.Add(Value(random));
                    break;
                case 3 when token is JObject target:
                    for (var n = random.Next(60); n > 0; n--)
                        target[_texts[random.Next(_texts.Length)] + n] = Value(random);
                    break;
                case 4:
                    token.Replace(tokens[random.Next(tokens.Count)].DeepClone());
                    break;
                case 5 when token.Parent is JProperty { Parent: JObject owner } property:
                    owner[_texts[random.Next(_texts.Length)]] = property.Value.DeepClone();
                    break;
            }
        }

        return root.ToString(Newtonsoft.Json.Formatting.None);
    }

    private static JToken Value(Random random) => random.Next(9) switch
    {
        0 => JValue.CreateNull(),
        1 => random.Next(),
        2 => double.MaxValue,
        3 => true,
        4 => new JArray(),
        5 => new JObject(),
        6 => new string('x', random.Next(5000)),
        7 => new JObject { ["$ref"] = _texts[random.Next(_texts.Length)] },
        _ => _texts[random.Next(_texts.Length)]
    };
}
