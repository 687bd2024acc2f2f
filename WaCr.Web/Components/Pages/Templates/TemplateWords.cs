using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>WhatsApp's words for templates, as people read them; what WhatsApp adds one day is shown as it is.</summary>
public static class TemplateWords
{
    public static string Category(Words T, string category) => category switch
    {
        "MARKETING" => T["Marketing"],
        "UTILITY" => T["Utility"],
        "AUTHENTICATION" => T["Authentication"],
        _ => category,
    };

    public static string Status(Words T, string status) => status switch
    {
        "APPROVED" => T["Approved"],
        "PENDING" => T["Waiting for approval"],
        "REJECTED" => T["Rejected"],
        "PAUSED" => T["Paused by WhatsApp"],
        "DISABLED" => T["Disabled by WhatsApp"],
        _ => status,
    };

    /// <summary>The look of a chip.</summary>
    public static string StatusClass(string status) => status switch
    {
        "APPROVED" => "good",
        "REJECTED" or "DISABLED" => "gone",
        _ => "soon",
    };
}
