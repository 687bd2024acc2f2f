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

    public sealed record Message(string Id, string? MessageStatus = null);

    public sealed record Person(string? WaId = null, string? UserId = null);

    public sealed record Success([property: JsonPropertyName("success")] bool Succeeded);

    public sealed record BlockUsersResponse(BlockUsersResult? BlockUsers = null);

    public sealed record BlockUsersResult(IReadOnlyList<UserNotBlocked>? FailedUsers = null);

    public sealed record UserNotBlocked(IReadOnlyList<BlockError>? Errors = null);

    public sealed record BlockError(int Code, string? Message = null, BlockErrorData? ErrorData = null);

    public sealed record BlockErrorData(string? Details = null);

    public sealed record Identified(string Id);

    public sealed record Media(string Id, Uri Url, string MimeType, string? Sha256 = null, long? FileSize = null);

    /// <summary>What has members of its own is read leniently: it only informs.</summary>
    public sealed record Phone(
        [property: JsonConverter(typeof(NumberAsText))] string Id,
        string? DisplayPhoneNumber = null,
        string? VerifiedName = null,
        string? QualityRating = null,
        string? Status = null,
        string? PlatformType = null,
        string? NameStatus = null,
        JsonElement Throughput = default,
        JsonElement WhatsappBusinessManagerMessagingLimit = default,
        JsonElement WebhookConfiguration = default,
        JsonElement HealthStatus = default);

    public sealed record NumberUsername(string? Username = null, string? Status = null);

    public sealed record UsernameSuggestions([property: JsonPropertyName("username_suggestions")] IReadOnlyList<string>? Names = null);

    public sealed record Listed<T>(IReadOnlyList<T> Data);

    public sealed record Account(
        [property: JsonConverter(typeof(NumberAsText))] string Id,
        string? Name = null,
        string? AccountReviewStatus = null,
        JsonElement OwnerBusinessInfo = default);

    public sealed record Subscriber(JsonElement WhatsappBusinessApiData = default);

    public sealed record Subscription(string? Object = null, string? CallbackUrl = null, bool Active = false, JsonElement Fields = default);

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

    public sealed record DebuggedToken(
        [property: JsonConverter(typeof(NumberAsText))] string? AppId = null,
        string? Application = null,
        bool IsValid = false,
        long ExpiresAt = 0,
        IReadOnlyList<string>? Scopes = null);

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
