using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Channels;

namespace WaCr.Web.Components.Pages.Channels;

internal static class ChannelMessages
{
    public static string Of(Localizer T, FieldErrors errors, string field) => FieldMessages.Of(T, errors[field], message => message switch
    {
        ChannelErrors.NameRequired => T["Type a name first"],
        ChannelErrors.PhoneNumberIdRequired => T["The phone number ID is needed. It stands in Meta's app under WhatsApp, API set-up."],
        ChannelErrors.NotDigits => T["It consists of digits alone"],
        ChannelErrors.PhoneNumberIdTaken => T["This number is connected here already"],
        ChannelErrors.SecretUnprintable => T["It has no blanks or letters with accents. Copy it anew, whole."],
        ChannelErrors.StatusUnknown or ChannelErrors.SourceUnknown or ChannelErrors.UserUnknown => T["No longer available"],
        _ => null,
    });
}
