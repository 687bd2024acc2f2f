using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>JSON as Meta writes and signs it: ASCII only, all else as lower-case escapes like <c>\u00e4</c>.</summary>
internal static class AsciiJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode json)
    {
        var relaxed = json.ToJsonString(Relaxed);
        var text = new StringBuilder(relaxed.Length + 64);
        for (var i = 0; i < relaxed.Length; i++)
        {
            var letter = relaxed[i];
            if (letter == '\\' && relaxed[i + 1] == 'u')
            {
                text.Append(relaxed.AsSpan(i, 6).ToString().ToLowerInvariant());
                i += 5;
            }
            else if (letter == '\\')
            {
                text.Append(letter).Append(relaxed[++i]);
            }
            else if (letter > '~')
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                text.Append(letter);
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
