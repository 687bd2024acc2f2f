using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>There is no template with that name, or not in that language.</summary>
public sealed record TemplateNotFoundError() : InvalidError("template.not_found", "There is no template with this name and language");

/// <summary>WhatsApp has not approved the template, or no longer does.</summary>
public sealed record TemplateNotApprovedError(string Status)
    : InvalidError("template.not_approved", $"The template is not approved; its status is {Status}");

/// <summary>WhatsApp refused or was not reachable; templates synced before are kept.</summary>
/// <param name="Code">WhatsApp's error code; null if it gave none.</param>
public sealed record TemplateSyncFailedError(int? Code, string Title, string Details)
    : UnavailableError("template.sync_failed", "Failed to sync templates")
{
    internal static TemplateSyncFailedError Of(AppError error) => error is WhatsAppRefused refused
        ? new(refused.KnownCode, refused.Title, refused.Message)
        : new(null, "Unavailable", error.Message);
}

public static class TemplateErrors
{
    public static readonly FieldError NotAnAddress = new("template.not_an_address", "Must be a public http or https URL");
}
