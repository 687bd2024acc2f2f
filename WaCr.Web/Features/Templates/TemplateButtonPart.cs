using System.Text.Json;

namespace WaCr.Web.Features.Templates;

/// <param name="Index">Position among all buttons of the template, from 0.</param>
/// <param name="Type">WhatsApp's term: URL, QUICK_REPLY, PHONE_NUMBER, COPY_CODE, OTP and others.</param>
public sealed record TemplateButtonPart(int Index, string Type, string? Text, string? Url, JsonElement Raw)
{
    /// <summary>Whether its URL ends in a variable.</summary>
    public bool HasVariable => TemplateVariables.Of(Url, named: false).Count > 0 || TemplateVariables.AnyNamed(Url);
}
