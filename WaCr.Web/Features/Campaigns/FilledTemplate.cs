using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Campaigns;

/// <param name="Language">The template's language in WhatsApp's code.</param>
/// <param name="Translation">Null if it is the chosen template itself.</param>
/// <param name="File">The header's file, if it is kept here.</param>
internal sealed record FilledTemplate(
    IReadOnlyDictionary<string, string> Values, OutboundContent Content, string Text, string Language, TemplateDetails? Translation,
    CampaignFile? File);
