using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>QRCoder, carried inside this assembly and loaded apart from everything else in the store.</summary>
/// <remarks>
/// A store refuses to install a plugin when another one has brought a DLL of the same name in another version, and lets
/// whoever was loaded first win otherwise. So the library does not lie in the plugin's folder: it is a resource, loaded
/// from memory into a load context of its own on first use, where it meets nobody. That is also why nothing here may
/// name one of its types: the runtime would look for them in the store's context. Three members are called by name.
/// </remarks>
internal static class QrLibrary
{
    private const string ResourceName = "Libraries.QRCoder.dll";
    private const string MediumCorrection = "M";

    private static readonly Lazy<Func<string, List<BitArray>>> _encoder = new(CreateEncoder);

    /// <summary>The library as loaded here.</summary>
    internal static Assembly Assembly => _assembly.Value;

    private static readonly Lazy<Assembly> _assembly = new(Load);

    /// <summary>Encodes a text.</summary>
    /// <returns>The rows of modules, dark ones set, without a margin.</returns>
    public static IReadOnlyList<BitArray> Encode(string text) => _encoder.Value(text);

    private static Assembly Load()
    {
        using var stream = typeof(QrLibrary).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The plugin was built without {ResourceName}.");
        return new AssemblyLoadContext(MionDefaults.SystemName + ".QrCode").LoadFromStream(stream);
    }

    private static Func<string, List<BitArray>> CreateEncoder()
    {
        var generator = GetType("QRCoder.QRCodeGenerator");
        var level = GetType("QRCoder.QRCodeGenerator+ECCLevel");
        var create = generator.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => method.Name == "GenerateQrCode" && method.GetParameters() is [{ } first, { } second, ..]
                && first.ParameterType == typeof(string) && second.ParameterType == level);
        var arguments = create.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null).ToArray();
        arguments[1] = Enum.Parse(level, MediumCorrection);
        var modules = GetType("QRCoder.QRCodeData").GetProperty("ModuleMatrix")!;
        return text =>
        {
            var values = (object?[])arguments.Clone();
            values[0] = text;
            using var code = (IDisposable)create.Invoke(null, values)!;
            return WithoutMargin((List<BitArray>)modules.GetValue(code)!);
        };
    }

    /// <summary>The library adds a margin to what it gives; ours is drawn, so it is taken off.</summary>
    private static List<BitArray> WithoutMargin(List<BitArray> rows)
    {
        var first = rows.FindIndex(row => row.Cast<bool>().Any(isDark => isDark));
        var size = rows.Count - 2 * first;
        return rows.GetRange(first, size).ConvertAll(row =>
        {
            var inner = new BitArray(size);
            for (var x = 0; x < size; x++)
                inner[x] = row[x + first];
            return inner;
        });
    }

    private static Type GetType(string name) => Assembly.GetType(name, throwOnError: true)!;
}
