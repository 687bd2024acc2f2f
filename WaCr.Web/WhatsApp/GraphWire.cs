using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaCr.Web.WhatsApp;

/// <summary>The Cloud API's answers as they stand on the wire; what is not asked for here is passed over.</summary>
internal static class GraphWire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString, // file_size comes as text
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public sealed record Accepted(IReadOnlyList<Message> Messages, IReadOnlyList<Person>? Contacts = null);

    public sealed record Message(string Id);

    public sealed record Person(string? WaId = null, string? UserId = null);

    public sealed record Success([property: JsonPropertyName("success")] bool Succeeded);

    public sealed record Identified(string Id);

    public sealed record Media(string Id, Uri Url, string MimeType, string? Sha256 = null, long? FileSize = null);

    public sealed record Phone(string Id, string? DisplayPhoneNumber = null, string? VerifiedName = null, string? QualityRating = null);

    /// <summary>Each template is read by itself: one that is not as it should be does not take the others with it.</summary>
    public sealed record Templates(IReadOnlyList<JsonElement> Data, Paging? Paging = null);

    public sealed record Template(
        [property: JsonConverter(typeof(NumberAsText))] string Id,
        string Name,
        string Language,
        string Status,
        string Category,
        JsonElement Components,
        string? ParameterFormat = null,
        int? MessageSendTtlSeconds = null);

    public sealed record Paging(Cursors? Cursors = null, string? Next = null);

    public sealed record Cursors(string? After = null);

    /// <summary>Ids are text to WhatsApp, and have been seen as numbers.</summary>
    private sealed class NumberAsText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? reader.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : throw new JsonException()
                : reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
