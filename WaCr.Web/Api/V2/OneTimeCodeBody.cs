using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Otp;

namespace WaCr.Web.Api.V2;

/// <summary>What is sent to send, verify or look up a one-time code.</summary>
internal static class OneTimeCodeBody
{
    public const string Phone = "phone";

    private const string ContactId = "contact_id";

    public static SendOneTimeCode ReadSend(JsonElement body)
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

    public static VerifyOneTimeCode ReadVerify(JsonElement body)
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

    public static JsonObject SendSchema(bool isResend)
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

    public static JsonObject VerifySchema() => Schemas.Object(
        (Phone, PhoneSchema()),
        (OneTimeCodeRules.Code, Schemas.Text("What the person entered.", "482913", OneTimeCodeRules.CodeMaxLength)),
        (OneTimeCodeRules.Purpose, PurposeSchema())).Required(Phone, OneTimeCodeRules.Code);

    public static JsonObject StatusSchema() =>
        Schemas.Object((Phone, PhoneSchema()), (OneTimeCodeRules.Purpose, PurposeSchema())).Required(Phone);

    private static JsonObject PhoneSchema() =>
        Schemas.Text("10 to 20 characters: digits, `+`, `-`, blanks and parentheses.", "+919587422369", PhoneRules.MaxLength);

    public static JsonObject PurposeSchema() =>
        Schemas.Text(
            "What the code is for; each purpose has a code of its own.",
            OneTimeCodeRules.DefaultPurpose,
            OneTimeCodeRules.PurposeMaxLength);
}
