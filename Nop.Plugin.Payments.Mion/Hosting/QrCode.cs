using System.Collections;
using System.Globalization;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>QR codes as SVG: dark on white with the white margin that a reader needs, whatever colours the page around has.</summary>
public static class QrCode
{
    /// <summary>Width of the white margin in modules, as the standard (ISO/IEC 18004) asks for.</summary>
    public const int QuietZone = 4;

    /// <summary>Draws a code with error correction level M (15 %).</summary>
    /// <returns>An SVG document without a fixed size: the page gives it one.</returns>
    public static string ToSvg(string text)
    {
        var modules = QrLibrary.Encode(text);
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
            DrawRow(path, modules[y], y);
        var size = (modules.Count + 2 * QuietZone).ToString(CultureInfo.InvariantCulture);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">" +
            $"<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>";
    }

    /// <summary>The same as the address of a picture that stands in the page itself.</summary>
    public static string ToDataUrl(string text) => $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(ToSvg(text)))}";

    /// <summary>Draws each run of dark modules as one rectangle.</summary>
    private static void DrawRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Count; x++)
        {
            if (!row[x])
                continue;
            var start = x;
            while (x < row.Count && row[x])
                x++;
            path.Append(CultureInfo.InvariantCulture, $"M{start + QuietZone} {y + QuietZone}h{x - start}v1h-{x - start}z");
        }
    }
}
