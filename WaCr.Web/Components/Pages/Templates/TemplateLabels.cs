using MudBlazor;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Templates.Builder;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>Labels for WhatsApp's values; unknown values are shown as they are.</summary>
public static class TemplateLabels
{
    private const int MaxBeginning = 120;

    public static string Category(Localizer T, string category) => category switch
    {
        "MARKETING" => T["Marketing"],
        "UTILITY" => T["Utility"],
        "AUTHENTICATION" => T["Authentication"],
        _ => category,
    };

    /// <summary>What a list of names says besides: the category and how the text begins.</summary>
    public static string Summary(Localizer T, TemplateDetails template)
    {
        var words = (template.Components.BodyText ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var begins = string.Join(' ', words).Cut(MaxBeginning);
        return begins.Length == 0 ? Category(T, template.Category) : $"{Category(T, template.Category)} · {begins}";
    }

    public static string Status(Localizer T, string status) => status switch
    {
        "APPROVED" => T["Approved"],
        "PENDING" => T["Waiting for approval"],
        "REJECTED" => T["Rejected"],
        "PAUSED" => T["Paused by WhatsApp"],
        "DISABLED" => T["Disabled by WhatsApp"],
        "ARCHIVED" => T["Archived"],
        _ => status,
    };

    /// <summary>Why WhatsApp rejected a template; its own words where it gave some.</summary>
    public static string Reason(Localizer T, string reason) => T["WhatsApp's reason: {reason}", ("reason", reason switch
    {
        "ABUSIVE_CONTENT" => T["the text may hurt or threaten somebody"],
        "INCORRECT_CATEGORY" => T["it belongs to another category"],
        "INVALID_FORMAT" => T["variables or formatting are wrong"],
        "PROMOTIONAL" => T["it advertises, so it belongs to marketing"],
        "SCAM" => T["it looks like a scam"],
        "TAG_CONTENT_MISMATCH" => T["the text doesn't match its category or language"],
        _ => reason,
    })];

    /// <summary>The label of a header's format.</summary>
    public static string Header(Localizer T, string format) => format switch
    {
        "NONE" => T["No header"],
        "TEXT" => T["Text"],
        "IMAGE" => T["Photo"],
        "VIDEO" => T["Video"],
        "DOCUMENT" => T["Document"],
        "LOCATION" => T["Location"],
        "PRODUCT" => T["Product"],
        _ => format,
    };

    /// <summary>What a button says: its own text, or the one that WhatsApp writes on it.</summary>
    public static string ButtonText(Localizer T, string type, string? text) => text ?? type switch
    {
        "COPY_CODE" => T["Copy offer code"],
        "OTP" => T["Copy code"],
        Conversations.ShownButton.SendPlace => T["Send location"],
        Conversations.ShownButton.ShareNumber => T["Send number"],
        _ => BuilderLabels.Button(T, type),
    };

    public static string ButtonIcon(string type) => type switch
    {
        "URL" => Icons.Material.Outlined.OpenInNew,
        "PHONE_NUMBER" or "VOICE_CALL" => Icons.Material.Outlined.Call,
        "COPY_CODE" or "OTP" => Icons.Material.Outlined.ContentCopy,
        Conversations.ShownButton.SendPlace => Icons.Material.Outlined.Place,
        Conversations.ShownButton.ShareNumber => Icons.Material.Outlined.ContactPhone,
        "CATALOG" or "MPM" or "SPM" => Icons.Material.Outlined.Storefront,
        _ => Icons.Material.Outlined.Reply,
    };

    /// <summary>Whether WhatsApp has rated it.</summary>
    public static bool HasQuality(string? quality) => quality is "GREEN" or "YELLOW" or "RED";

    /// <summary>WhatsApp's quality rating.</summary>
    public static string Quality(Localizer T, string? quality) => quality switch
    {
        "GREEN" => T["Good quality"],
        "YELLOW" => T["Medium quality"],
        "RED" => T["Low quality"],
        _ => T["No quality rating yet"],
    };

    /// <summary>A chip's CSS class.</summary>
    public static string StatusClass(string status) => status switch
    {
        "APPROVED" => "good",
        "REJECTED" or "DISABLED" => "gone",
        _ => "soon",
    };
}
