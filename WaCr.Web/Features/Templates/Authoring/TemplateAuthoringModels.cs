using System.Text.Json;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Fields of a template's body as the API names them.</summary>
public static class TemplateAuthoringFields
{
    public const string Name = "template_name";
    public const string Language = "language";
    public const string Category = "category";
    public const string ParameterFormat = "parameter_format";
    public const string Components = "components";
    public const string Ttl = "message_send_ttl_seconds";
    public const string Channel = "channel_id";
}

/// <summary>A whole template as its author wrote it; <paramref name="Components"/> is WhatsApp's JSON array.</summary>
/// <param name="ParameterFormat">POSITIONAL or NAMED.</param>
public sealed record AuthoredTemplate(
    string? Name, string? Language, string? Category, string? ParameterFormat, JsonElement Components, int? MessageSendTtlSeconds);

/// <summary>What is given of a template: all but the last two for a new one, any for a change.</summary>
public sealed record TemplatePatch
{
    public Optional<string?> Name { get; init; }

    public Optional<string?> Language { get; init; }

    public Optional<string?> Category { get; init; }

    /// <summary>POSITIONAL (the default) or NAMED.</summary>
    public Optional<string?> ParameterFormat { get; init; }

    /// <summary>WhatsApp's JSON array.</summary>
    public Optional<JsonElement> Components { get; init; }

    /// <summary>Seconds that WhatsApp tries to deliver.</summary>
    public Optional<long?> MessageSendTtlSeconds { get; init; }

    /// <summary>The number whose business account gets a new template; the first one if not given.</summary>
    public Optional<long?> ChannelId { get; init; }

    /// <summary>What could not be read of the request.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}
