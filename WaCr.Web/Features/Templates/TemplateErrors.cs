using WaCr.Web.Common;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>No template of that name, or it does not have the language.</summary>
public sealed record TemplateNotFoundError() : InvalidError("template.not_found", "There is no template with this name and language");

/// <summary>WhatsApp has not approved it, or does no longer.</summary>
public sealed record TemplateNotApprovedError(string Status) : InvalidError("template.not_approved", $"The template is not approved; its status is {Status}");

/// <summary>WhatsApp, or the way to it, said no; what was synced until then stays.</summary>
/// <param name="Code">WhatsApp's; null where it gave none.</param>
public sealed record TemplateSyncFailedError(int? Code, string Title, string Details) : UnavailableError("template.sync_failed", "Failed to sync templates")
{
    internal static TemplateSyncFailedError Of(AppError error) => error is WhatsAppRefused refused
        ? new(refused.KnownCode, refused.Title, refused.Message)
        : new(null, "Unavailable", error.Message);
}

public static class TemplateErrors
{
    public static readonly FieldError NotAnAddress = new("template.not_an_address", "Must be a public http or https URL");
}
