using WaCr.Web.Components.Language;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Components.Pages.Templates.Builder;

/// <summary>Names of what the builder makes.</summary>
internal static class BuilderLabels
{
    public static string Of(Localizer T, TemplateKind kind) => kind switch
    {
        TemplateKind.Carousel => T["Carousel"],
        TemplateKind.LimitedTimeOffer => T["Limited-time offer"],
        TemplateKind.Authentication => T["One-time code"],
        _ => T["Message with header and buttons"],
    };

    public static string Button(Localizer T, string kind) => kind switch
    {
        "QUICK_REPLY" => T["Quick reply button"],
        "URL" => T["Link"],
        "PHONE_NUMBER" => T["Call a number"],
        "COPY_CODE" => T["Copy offer code"],
        "VOICE_CALL" => T["Call on WhatsApp"],
        "REQUEST_CONTACT_INFO" => T["Ask for the phone number"],
        "FLOW" => T["Open a flow"],
        "CATALOG" => T["View catalog"],
        "MPM" => T["View several products"],
        "SPM" => T["View one product"],
        _ => kind,
    };
}
