using System.Text.Json;

namespace WaCr.Web.Common;

internal static class JsonValues
{
    private const int TimeLength = 25;

    /// <summary>False if a text or a name in it holds NUL or half a surrogate pair, on which reading it later would throw.</summary>
    public static bool HasStorableTexts(this JsonElement value) => HasTexts(value, TextRule.IsStorable);

    /// <summary>False if a text or a name in it holds half a surrogate pair.</summary>
    public static bool IsUnicode(JsonElement value) => HasTexts(value, _ => true);

    private static bool HasTexts(JsonElement value, Func<string, bool> isFit)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => isFit(value.GetString()!),
                JsonValueKind.Array => value.EnumerateArray().All(item => HasTexts(item, isFit)),
                JsonValueKind.Object => value.EnumerateObject().All(member => isFit(member.Name) && HasTexts(member.Value, isFit)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false; // half a surrogate pair
        }
    }

    public static void WriteStringUnlessNull(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>As <c>2026-01-01T08:03:14+00:00</c>.</summary>
    public static void WriteTime(this Utf8JsonWriter json, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[TimeLength];
        value.UtcDateTime.TryFormat(text, out var written, "s", CultureInfo.InvariantCulture);
        "+00:00"u8.CopyTo(text[written..]);
        json.WriteStringValue(text);
    }

    public static void WriteTimeOrNull(this Utf8JsonWriter json, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.WriteTime(time);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
