using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Otp;

namespace WaCr.Web.Api.V2;

/// <summary>One-time codes on the wire.</summary>
internal static class OneTimeCodeWire
{
    public static void Write(Utf8JsonWriter json, SentOneTimeCode sent)
    {
        json.WriteString("message_id"u8, sent.MessageId);
        json.WriteNumber("contact_id"u8, sent.ContactId);
        json.WriteString("phone"u8, sent.Phone);
        json.WriteString("template_name"u8, sent.TemplateName);
        json.WriteString("language"u8, sent.Language);
        json.WriteBoolean("code_sent"u8, value: true);
        json.WriteNumber("expiry_minutes"u8, sent.ExpiryMinutes);
        json.WritePropertyName("expires_at"u8);
        json.WriteTime(sent.ExpiresAt);
        json.WriteString("status"u8, "sent"u8);
        json.WritePropertyName("sent_at"u8);
        json.WriteTime(sent.SentAt);
    }

    public static void Write(Utf8JsonWriter json, VerifiedOneTimeCode verified)
    {
        json.WriteString("phone"u8, verified.Phone);
        json.WriteString("purpose"u8, verified.Purpose);
        json.WritePropertyName("verified_at"u8);
        json.WriteTime(verified.VerifiedAt);
    }

    public static void Write(Utf8JsonWriter json, OneTimeCodeStatus status)
    {
        json.WriteBoolean("has_active_otp"u8, !status.IsExpired);
        json.WritePropertyName("expires_at"u8);
        json.WriteTime(status.ExpiresAt);
        json.WriteNumber("expires_in_seconds"u8, status.ExpiresInSeconds);
        json.WriteBoolean("is_expired"u8, status.IsExpired);
        json.WriteNumber("verification_attempts"u8, status.Attempts);
        json.WriteNumber("max_attempts"u8, OneTimeCodeStatus.MaxAttempts);
        json.WriteNumber("attempts_remaining"u8, status.AttemptsRemaining);
        json.WritePropertyName("created_at"u8);
        json.WriteTime(status.CreatedAt);
    }

    public static JsonObject SentSchema() => Schemas.Object(
        ("message_id", Schemas.Text("WhatsApp's id.", "wamid.HBgMOTE5NTg3NDIyMzY5FQIAERgS")),
        ("contact_id", Schemas.Integer("Whose number it is; made where there was none.", 12)),
        (OneTimeCodeBody.Phone, Schemas.Text("Digits.", "919587422369")),
        ("template_name", Schemas.Text("As it was asked for.", "otp_code")),
        ("language", Schemas.Text("Of the template.", "en_US")),
        ("code_sent", Schemas.Boolean("Always true.")),
        ("expiry_minutes", Schemas.Integer("Minutes until it expires.", OneTimeCodeRules.DefaultExpiryMinutes)),
        ("expires_at", Schemas.Time("When it expires.")),
        ("status", Schemas.Word("How far it got.", "sent")),
        ("sent_at", Schemas.Time("When.")))
        .Required(
            "message_id", "contact_id", OneTimeCodeBody.Phone, "template_name", "language", "code_sent", "expiry_minutes", "expires_at",
            "status", "sent_at");

    public static JsonObject VerifiedSchema() => Schemas.Object(
        (OneTimeCodeBody.Phone, Schemas.Text("Digits.", "919587422369")),
        (OneTimeCodeRules.Purpose, OneTimeCodeBody.PurposeSchema()),
        ("verified_at", Schemas.Time("When."))).Required(OneTimeCodeBody.Phone, OneTimeCodeRules.Purpose, "verified_at");

    public static JsonObject StatusSchema() => Schemas.Object(
        ("has_active_otp",
         Schemas.Boolean(
             "Whether a code can be verified now; where it is false and nothing else is told, there was none in the last day.")),
        ("expires_at", Schemas.Time("When it expires, or did.")),
        ("expires_in_seconds", Schemas.Integer("Negative once it has expired.", 540)),
        ("is_expired", Schemas.Boolean("Whether it has expired.")),
        ("verification_attempts", Schemas.Integer("Codes tried so far.", 1)),
        ("max_attempts", Schemas.Integer("Codes that may be tried.", OneTimeCodeStatus.MaxAttempts)),
        ("attempts_remaining", Schemas.Integer("Codes that may still be tried.", 4)),
        ("created_at", Schemas.Time("When it was sent."))).Required("has_active_otp");
}
