using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>WhatsApp's words for templates, as people read them; what WhatsApp adds one day is shown as it is.</summary>
public static class TemplateLabels
{
    public static string Category(Localizer T, string category) => category switch
    {
        "MARKETING" => T["Marketing"],
        "UTILITY" => T["Utility"],
        "AUTHENTICATION" => T["Authentication"],
        _ => category,
    };

    public static string Status(Localizer T, string status) => status switch
    {
        "APPROVED" => T["Approved"],
        "PENDING" => T["Waiting for approval"],
        "REJECTED" => T["Rejected"],
        "PAUSED" => T["Paused by WhatsApp"],
        "DISABLED" => T["Disabled by WhatsApp"],
        _ => status,
    };

    /// <summary>What stands above the text.</summary>
    public static string Header(Localizer T, string format) => format switch
    {
        "NONE" => T["No header"],
        "TEXT" => T["Text"],
        "IMAGE" => T["Photo"],
        "VIDEO" => T["Video"],
        "DOCUMENT" => T["Document"],
        _ => format,
    };

    /// <summary>How customers took it, as WhatsApp judges.</summary>
    public static string Quality(Localizer T, string? quality) => quality switch
    {
        "GREEN" => T["Good quality"],
        "YELLOW" => T["Medium quality"],
        "RED" => T["Low quality"],
        _ => T["Quality not judged yet"],
    };

    /// <summary>The look of a chip.</summary>
    public static string StatusClass(string status) => status switch
    {
        "APPROVED" => "good",
        "REJECTED" or "DISABLED" => "gone",
        _ => "soon",
    };
}
