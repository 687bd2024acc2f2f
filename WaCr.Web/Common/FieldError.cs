using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaCr.Web.Common;

/// <summary>Why a field is refused.</summary>
/// <param name="Code">The screen finds its text by this code.</param>
/// <param name="Message">As the API shows it.</param>
/// <param name="Limit">The number in the rule, if it has one.</param>
[JsonConverter(typeof(FieldErrorConverter))]
public sealed record FieldError(string Code, string Message, long? Limit = null)
{
    public override string ToString() => Message;
}

/// <summary>Also reads rows stored by the earliest builds, which hold the message only.</summary>
internal sealed class FieldErrorConverter : JsonConverter<FieldError>
{
    public override FieldError Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new FieldError("", reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        return new FieldError(
            json.GetProperty(nameof(FieldError.Code)).GetString()!, json.GetProperty(nameof(FieldError.Message)).GetString()!,
            json.TryGetProperty(nameof(FieldError.Limit), out var limit) ? limit.GetInt64() : null);
    }

    public override void Write(Utf8JsonWriter writer, FieldError value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(FieldError.Code), value.Code);
        writer.WriteString(nameof(FieldError.Message), value.Message);
        if (value.Limit is { } limit)
        {
            writer.WriteNumber(nameof(FieldError.Limit), limit);
        }

        writer.WriteEndObject();
    }
}
