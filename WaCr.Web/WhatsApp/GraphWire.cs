using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaCr.Web.WhatsApp;

/// <summary>The Cloud API's answers on the wire; members not listed are ignored.</summary>
internal static class GraphWire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString, // file_size is sent as text
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

    /// <summary>Each template is read separately: a malformed one does not affect the others.</summary>
    public sealed record Templates(IReadOnlyList<JsonElement> Data, Paging? Paging = null);

    public sealed record Template(
        [property: JsonConverter(typeof(NumberAsText))] string Id,
        string Name,
        string Language,
        string Status,
        string Category,
        JsonElement Components,
        string? ParameterFormat = null,
        int? MessageSendTtlSeconds = null,
        JsonElement QualityScore = default,
        JsonElement RejectedReason = default);

    public sealed record Created([property: JsonConverter(typeof(NumberAsText))] string Id, string? Status = null, string? Category = null);

    public sealed record Debugged(DebuggedToken Data);

    public sealed record DebuggedToken([property: JsonConverter(typeof(NumberAsText))] string AppId);

    public sealed record Handle([property: JsonPropertyName("h")] string Value);

    public sealed record Paging(Cursors? Cursors = null, string? Next = null);

    public sealed record Cursors(string? After = null);

    /// <summary>Ids are text, but are sometimes sent as numbers.</summary>
    private sealed class NumberAsText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? reader.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : throw new JsonException()
                : reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
