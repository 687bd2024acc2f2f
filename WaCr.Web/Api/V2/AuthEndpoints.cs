using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Otp;

namespace WaCr.Web.Api.V2;

/// <summary>One-time codes over WhatsApp.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        api.MapPost("/auth/send-otp", SendAsync)
            .Reads(OneTimeCodeBody.ReadSend)
            .Describe(new("sendCode", "Send code", Permissions.MessagesSend)
            {
                Description =
                    "Sends a one-time code of your own over WhatsApp, by an authentication template, and keeps its hash to verify it later.",
                Body = OneTimeCodeBody.SendSchema(isResend: false),
                Example = new JsonObject
                {
                    [OneTimeCodeBody.Phone] = "+919587422369",
                    [OneTimeCodeRules.TemplateName] = "otp_code",
                    [OneTimeCodeRules.Language] = "en_US",
                    ["code"] = "482913",
                },
                Data = OneTimeCodeWire.SentSchema(),
                Problems = [StatusCodes.Status404NotFound],
            });
        api.MapPost("/auth/resend", ResendAsync)
            .Reads(OneTimeCodeBody.ReadSend)
            .Describe(new("resendCode", "Resend code", Permissions.MessagesSend)
            {
                Description = "Makes a new six-digit code, sends it, and voids the earlier one for this phone and purpose.",
                Body = OneTimeCodeBody.SendSchema(isResend: true),
                Example = new JsonObject
                {
                    [OneTimeCodeBody.Phone] = "+919587422369",
                    [OneTimeCodeRules.TemplateName] = "otp_code",
                    [OneTimeCodeRules.Language] = "en_US",
                },
                Data = OneTimeCodeWire.SentSchema(),
                Problems = [StatusCodes.Status404NotFound],
            });
        api.MapPost("/auth/verify", VerifyAsync)
            .Reads(OneTimeCodeBody.ReadVerify)
            .Describe(new("verifyCode", "Verify code", Permissions.MessagesSend)
            {
                Description = "Checks the code that a person entered, and uses it up where it is right. Five wrong ones lock it.",
                Body = OneTimeCodeBody.VerifySchema(),
                Example = new JsonObject { [OneTimeCodeBody.Phone] = "+919587422369", ["code"] = "482913" },
                Data = OneTimeCodeWire.VerifiedSchema(),
            });
        api.MapPost("/auth/status", StatusAsync)
            .Reads(OneTimeCodeBody.ReadVerify)
            .Describe(new("getCodeStatus", "Retrieve code status", Permissions.MessagesSend)
            {
                Description = "Says whether a phone has a code that can be verified, and how many tries are left. Changes nothing.",
                Body = OneTimeCodeBody.StatusSchema(),
                Example = new JsonObject { [OneTimeCodeBody.Phone] = "+919587422369" },
                Data = OneTimeCodeWire.StatusSchema(),
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

    private static IResult Answer(string message, Result<SentOneTimeCode> sent) =>
        sent.Answer(value => new ObjectAnswer(message, json => OneTimeCodeWire.Write(json, value)));

    private static Task<IResult> VerifyAsync(
        Body<VerifyOneTimeCode> body, OneTimeCodeVerifier codes, CancellationToken cancellationToken) =>
        codes.VerifyAsync(body.Value, cancellationToken)
            .AnswerAsync(verified => new ObjectAnswer("OTP verified successfully", json => OneTimeCodeWire.Write(json, verified)));

    private static async Task<IResult> StatusAsync(
        Body<VerifyOneTimeCode> body, OneTimeCodeQueries codes, CancellationToken cancellationToken)
    {
        var status = await codes.StatusAsync(body.Value, cancellationToken);
        return status switch
        {
            { Succeeded: true, Value: var value } =>
                new ObjectAnswer("OTP status retrieved successfully", json => OneTimeCodeWire.Write(json, value)),
            { Error: OneTimeCodeNotFound none } =>
                new ObjectAnswer(none.Message, json => json.WriteBoolean("has_active_otp"u8, value: false)),
            _ => Problem.From(status.Error),
        };
    }
}
