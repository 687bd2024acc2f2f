using WaCr.Web.Common;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>No template of that name, or it does not have the language.</summary>
public sealed record TemplateNotFoundError() : AppError("There is no template with this name and language");

/// <summary>WhatsApp has not approved it, or does no longer.</summary>
public sealed record TemplateNotApprovedError(string Status) : AppError($"The template is not approved; its status is {Status}");

/// <summary>WhatsApp, or the way to it, said no; what was synced until then stays.</summary>
/// <param name="Code">WhatsApp's; null where it gave none.</param>
public sealed record TemplateSyncFailedError(int? Code, string Title, string Details) : AppError("Failed to sync templates")
{
    internal static TemplateSyncFailedError Of(AppError error) => error is WhatsAppRefused refused
        ? new(refused.KnownCode, refused.Title, refused.Message)
        : new(null, "Unavailable", error.Message);
}
