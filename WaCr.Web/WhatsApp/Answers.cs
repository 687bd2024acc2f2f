using System.Text.Json;

namespace WaCr.Web.WhatsApp;

/// <summary>WhatsApp accepted the message. <paramref name="WaId"/> may differ from the number it was sent to.</summary>
public sealed record AcceptedMessage(string MessageId, string? WaId, string? UserId);

public sealed record MediaUpload(Stream Content, string ContentType, string FileName);

/// <summary><paramref name="Sha256"/> is WhatsApp's, to compare with the downloaded bytes.</summary>
public sealed record MediaDescription(string Id, Uri Url, string ContentType, string? Sha256, long? Size);

public sealed record PhoneNumberDescription(string Id, string? DisplayPhoneNumber, string? VerifiedName, string? QualityRating);

public sealed record TemplatePage(IReadOnlyList<TemplateDescription> Templates, string? NextCursor)
{
    /// <summary>The names of templates that could not be read.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}

/// <summary>A template as WhatsApp describes it; components stay raw, since new kinds appear without notice.</summary>
public sealed record TemplateDescription(
    string Id, string Name, string Language, string Status, string Category, string? ParameterFormat, int? MessageSendTtlSeconds, JsonElement Components);
