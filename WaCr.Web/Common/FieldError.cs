using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaCr.Web.Common;

/// <summary>Why a field is refused.</summary>
/// <param name="Code">By which the screen finds its words.</param>
/// <param name="Message">In the words of the API.</param>
/// <param name="Limit">The number that the rule names, where it names one.</param>
[JsonConverter(typeof(FieldErrorConverter))]
public sealed record FieldError(string Code, string Message, long? Limit = null)
{
    public override string ToString() => Message;
}

/// <summary>Rows that failed are kept with their reasons; the earliest builds kept the sentence alone.</summary>
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
