using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Otp;

namespace WaCr.Web.Api.V2;

/// <summary>One-time codes over WhatsApp.</summary>
internal static class AuthEndpoints
{
    private const string Phone = "phone";
    private const string ContactId = "contact_id";

    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        api.MapPost("/auth/send-otp", SendAsync).Reads(ReadSend).Describe(new("sendCode", "Send code", Permissions.MessagesSend)
        {
            Description =
                "Sends a one-time code of your own over WhatsApp, by an authentication template, and keeps its hash to verify it later.",
            Body = SendSchema(isResend: false),
            Example = new JsonObject
            {
                [Phone] = "+919587422369",
                [OneTimeCodeRules.TemplateName] = "otp_code",
                [OneTimeCodeRules.Language] = "en_US",
                ["code"] = "482913",
            },
            Data = SentSchema(),
            Problems = [StatusCodes.Status404NotFound],
        });
        api.MapPost("/auth/resend", ResendAsync).Reads(ReadSend).Describe(new("resendCode", "Resend code", Permissions.MessagesSend)
        {
            Description = "Makes a new six-digit code, sends it, and voids the earlier one for this phone and purpose.",
            Body = SendSchema(isResend: true),
            Example = new JsonObject
            {
                [Phone] = "+919587422369",
                [OneTimeCodeRules.TemplateName] = "otp_code",
                [OneTimeCodeRules.Language] = "en_US",
            },
            Data = SentSchema(),
            Problems = [StatusCodes.Status404NotFound],
        });
        api.MapPost("/auth/verify", VerifyAsync).Reads(ReadVerify).Describe(new("verifyCode", "Verify code", Permissions.MessagesSend)
        {
            Description = "Checks the code that a person entered, and uses it up where it is right. Five wrong ones lock it.",
            Body = Schemas.Object(
                (Phone, PhoneSchema()),
                (OneTimeCodeRules.Code, Schemas.Text("What the person entered.", "482913", OneTimeCodeRules.CodeMaxLength)),
                (OneTimeCodeRules.Purpose, PurposeSchema())).Required(Phone, OneTimeCodeRules.Code),
            Example = new JsonObject { [Phone] = "+919587422369", ["code"] = "482913" },
            Data = Schemas.Object(
                (Phone,
                 Schemas.Text("Digits.", "919587422369")), (OneTimeCodeRules.Purpose, PurposeSchema()), ("verified_at",
                 Schemas.Time("When.")))
                .Required(Phone, OneTimeCodeRules.Purpose, "verified_at"),
        });
        api.MapPost("/auth/status", StatusAsync)
            .Reads(ReadVerify)
            .Describe(new("getCodeStatus", "Retrieve code status", Permissions.MessagesSend)
            {
                Description = "Says whether a phone has a code that can be verified, and how many tries are left. Changes nothing.",
                Body = Schemas.Object((Phone, PhoneSchema()), (OneTimeCodeRules.Purpose, PurposeSchema())).Required(Phone),
                Example = new JsonObject { [Phone] = "+919587422369" },
                Data = StatusSchema(),
            });
        api.MapRead("/auth/templates", TemplatesEndpoints.ListForCodesAsync,
            new("listCodeTemplates", "List code templates", Permissions.TemplatesRead)
            {
                Description = "Lists the approved authentication templates, which can carry a one-time code.",
                List = TemplateWire.ListForCodes,
            });
    }

    private static async Task<IResult> SendAsync(
        Body<SendOneTimeCode> body, OneTimeCodeSender codes, CancellationToken cancellationToken) =>
        Answer("OTP sent successfully", await codes.SendAsync(body.Value, cancellationToken));

    private static async Task<IResult> ResendAsync(
        Body<SendOneTimeCode> body, OneTimeCodeSender codes, CancellationToken cancellationToken) =>
        Answer("OTP resent successfully", await codes.ResendAsync(body.Value, cancellationToken));

    private static IResult Answer(string message, Result<SentOneTimeCode> sent) => sent.Succeeded
        ? new ObjectAnswer(message, json =>
        {
            json.WriteString("message_id"u8, sent.Value.MessageId);
            json.WriteNumber("contact_id"u8, sent.Value.ContactId);
            json.WriteString("phone"u8, sent.Value.Phone);
            json.WriteString("template_name"u8, sent.Value.TemplateName);
            json.WriteString("language"u8, sent.Value.Language);
            json.WriteBoolean("code_sent"u8, value: true);
            json.WriteNumber("expiry_minutes"u8, sent.Value.ExpiryMinutes);
            json.WritePropertyName("expires_at"u8);
            json.WriteTime(sent.Value.ExpiresAt);
            json.WriteString("status"u8, "sent"u8);
            json.WritePropertyName("sent_at"u8);
            json.WriteTime(sent.Value.SentAt);
        })
        : Problem.From(sent.Error);

    private static async Task<IResult> VerifyAsync(
        Body<VerifyOneTimeCode> body, OneTimeCodeVerifier codes, CancellationToken cancellationToken)
    {
        var verified = await codes.VerifyAsync(body.Value, cancellationToken);
        return verified.Succeeded
            ? new ObjectAnswer("OTP verified successfully", json =>
            {
                json.WriteString("phone"u8, verified.Value.Phone);
                json.WriteString("purpose"u8, verified.Value.Purpose);
                json.WritePropertyName("verified_at"u8);
                json.WriteTime(verified.Value.VerifiedAt);
            })
            : Problem.From(verified.Error);
    }

    private static async Task<IResult> StatusAsync(
        Body<VerifyOneTimeCode> body, OneTimeCodeQueries codes, CancellationToken cancellationToken)
    {
        var status = await codes.StatusAsync(body.Value, cancellationToken);
        return status switch
        {
            { Succeeded: true, Value: var value } =>
                new ObjectAnswer("OTP status retrieved successfully", json => WriteStatus(json, value)),
            { Error: OneTimeCodeNotFound none } =>
                new ObjectAnswer(none.Message, json => json.WriteBoolean("has_active_otp"u8, value: false)),
            _ => Problem.From(status.Error),
        };
    }

    private static SendOneTimeCode ReadSend(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendOneTimeCode
        {
            Phone = reader.Text(Phone),
            TemplateName = reader.Text(OneTimeCodeRules.TemplateName),
            Code = reader.Text(OneTimeCodeRules.Code),
            Language = reader.Text(OneTimeCodeRules.Language),
            ExpiryMinutes = reader.Integer(OneTimeCodeRules.ExpiryMinutes),
            ContactId = reader.Integer(ContactId),
            Purpose = reader.Text(OneTimeCodeRules.Purpose),
            AdditionalParameters = reader.Texts(OneTimeCodeRules.AdditionalParameters),
            Unreadable = reader.Unreadable,
        };
    }

    private static VerifyOneTimeCode ReadVerify(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new VerifyOneTimeCode
        {
            Phone = reader.Text(Phone).Or(null),
            Code = reader.Text(OneTimeCodeRules.Code).Or(null),
            Purpose = reader.Text(OneTimeCodeRules.Purpose).Or(null),
            Unreadable = reader.Unreadable,
        };
    }

    private static void WriteStatus(Utf8JsonWriter json, OneTimeCodeStatus status)
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

    private static JsonObject StatusSchema() => Schemas.Object(
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

    private static JsonObject SendSchema(bool isResend)
    {
        var expiry = Schemas.Integer("Minutes until it expires; 10 where it is left out.", OneTimeCodeRules.DefaultExpiryMinutes);
        expiry["minimum"] = 1;
        expiry["maximum"] = OneTimeCodeRules.MaxExpiryMinutes;
        var schema = Schemas.Object(
            (Phone, PhoneSchema()),
            (OneTimeCodeRules.TemplateName, Schemas.Text("An approved authentication template.", "otp_code")),
            (OneTimeCodeRules.Language, Schemas.Text("Of the template; `en` where it is left out.", "en_US", 10)),
            (OneTimeCodeRules.ExpiryMinutes, expiry),
            (OneTimeCodeRules.Purpose, PurposeSchema()))
            .Required(Phone, OneTimeCodeRules.TemplateName);
        if (!isResend)
        {
            var properties = schema["properties"]!;
            properties[OneTimeCodeRules.Code] = Schemas.Text(
                "The caller's own; never kept in clear.", "482913", OneTimeCodeRules.CodeMaxLength);
            schema["required"]!.AsArray().Add(OneTimeCodeRules.Code);
        }

        schema["properties"]![ContactId] = Schemas.Integer("The contact, where it is known; its number must be `phone`.", 12).OrNull();
        schema["properties"]![OneTimeCodeRules.AdditionalParameters] = Schemas.ArrayOf(
            Schemas.Text("A value.", "Baroda Textiles"), "What the template's body takes after the code and the minutes.");
        return schema;
    }

    private static JsonObject SentSchema() => Schemas.Object(
        ("message_id", Schemas.Text("WhatsApp's id.", "wamid.HBgMOTE5NTg3NDIyMzY5FQIAERgS")),
        ("contact_id", Schemas.Integer("Whose number it is; made where there was none.", 12)),
        (Phone, Schemas.Text("Digits.", "919587422369")),
        ("template_name", Schemas.Text("As it was asked for.", "otp_code")),
        ("language", Schemas.Text("Of the template.", "en_US")),
        ("code_sent", Schemas.Boolean("Always true.")),
        ("expiry_minutes", Schemas.Integer("Minutes until it expires.", OneTimeCodeRules.DefaultExpiryMinutes)),
        ("expires_at", Schemas.Time("When it expires.")),
        ("status", Schemas.Word("How far it got.", "sent")),
        ("sent_at", Schemas.Time("When.")))
        .Required(
            "message_id", "contact_id", Phone, "template_name", "language", "code_sent", "expiry_minutes", "expires_at", "status",
            "sent_at");

    private static JsonObject PhoneSchema() =>
        Schemas.Text("10 to 20 characters: digits, `+`, `-`, blanks and parentheses.", "+919587422369", PhoneRules.MaxLength);

    private static JsonObject PurposeSchema() =>
        Schemas.Text(
            "What the code is for; each purpose has a code of its own.",
            OneTimeCodeRules.DefaultPurpose,
            OneTimeCodeRules.PurposeMaxLength);
}
