using System.Globalization;
using System.Text;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Bench;

/// <summary>A webhook in which a customer writes to the sandbox's number, signed as WhatsApp does.</summary>
internal sealed record InboundText(string Body, string Signature)
{
    public static InboundText From(SandboxNumber number, string waId, string id, string text)
    {
        var sentAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{number.BusinessAccountId}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"{{{number.Phone}}}","phone_number_id":"{{{number.PhoneNumberId}}}"},"contacts":[{"wa_id":"{{{waId}}}","profile":{"name":"Somebody"} }],"messages":[{"from":"{{{waId}}}","id":"{{{id}}}","timestamp":"{{{sentAt}}}","type":"text","text":{"body":"{{{text}}}"} }]}}]}]}
            """;
        return new InboundText(body, WebhookSignature.Of(Encoding.UTF8.GetBytes(body), number.AppSecret));
    }
}
