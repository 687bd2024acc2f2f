using System.Text.Json;

namespace WaCr.Web.WhatsApp;

/// <summary>WhatsApp accepted the message. <paramref name="WaId"/> may differ from the number it was sent to.</summary>
/// <param name="IsHeld">Whether WhatsApp keeps it back until it knows the template's quality.</param>
public sealed record AcceptedMessage(string MessageId, string? WaId, string? UserId, bool IsHeld = false);

public sealed record MediaUpload(Stream Content, string ContentType, string FileName);

/// <summary><paramref name="Sha256"/> is WhatsApp's, to compare with the downloaded bytes.</summary>
public sealed record MediaDescription(string Id, Uri Url, string ContentType, string? Sha256, long? Size);

public sealed record TemplatePage(IReadOnlyList<TemplateDescription> Templates, string? NextCursor)
{
    /// <summary>The names of templates that could not be read.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}

/// <summary>A template as WhatsApp describes it; components stay raw, since new kinds appear without notice.</summary>
public sealed record TemplateDescription(
    string Id, string Name, string Language, string Status, string Category, string? ParameterFormat, int? MessageSendTtlSeconds,
    JsonElement Components)
{
    /// <summary>GREEN, YELLOW, RED or UNKNOWN; null if WhatsApp did not say.</summary>
    public string? Quality { get; init; }

    /// <summary>Why it was rejected; null or NONE if it was not.</summary>
    public string? RejectedReason { get; init; }
}

/// <summary>A new template as it is submitted; <paramref name="Components"/> is WhatsApp's JSON array.</summary>
/// <param name="ParameterFormat">POSITIONAL or NAMED.</param>
public sealed record TemplateSubmission(
    string Name, string Language, string Category, string ParameterFormat, JsonElement Components, int? MessageSendTtlSeconds);

/// <summary>What changes of a template; what is null stays.</summary>
public sealed record TemplateEdit(string? Category, JsonElement? Components, int? MessageSendTtlSeconds);

/// <summary>WhatsApp's answer to a submission; it may choose another category than was asked.</summary>
public sealed record CreatedTemplate(string Id, string Status, string Category);
