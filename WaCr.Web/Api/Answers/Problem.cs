using System.Text.Json;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Otp;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Api.Answers;

/// <summary>An error in the envelope.</summary>
internal sealed class Problem(
    int statusCode, string code, string message, Action<Utf8JsonWriter>? details =
        null, Action<Utf8JsonWriter>? beside = null) : ApiAnswer(statusCode)
{
    // Seconds; enough for colliding writes to finish. In a longer outage the retry gets the same answer.
    private const int RetryAfterOutage = 2;

    public static Problem Unauthorized { get; } =
        new(StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, "Invalid or missing API token");

    public static Problem NoSuchPath { get; } = new(StatusCodes.Status404NotFound, ErrorCodes.NotFound, "There is nothing at this address");

    public static Problem Unavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServiceUnavailable,
        "The service cannot do this at the moment. Nothing was changed; please try again")
    {
        RetryAfter = RetryAfterOutage,
    };

    public static Problem Interrupted { get; } = new(
        StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServiceUnavailable,
        "The service cannot answer at the moment. What was asked may have been done: look first, or repeat it with the same Idempotency-Key");

    public static Problem TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, ErrorCodes.PayloadTooLarge, "The body must not be larger than 1 MB");

    public static Problem FormTooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, ErrorCodes.PayloadTooLarge, "The body must not be larger than 105 MB");

    public static Problem NotJson { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, ErrorCodes.UnsupportedMediaType, "The body must be sent as application/json");

    public static Problem Encoded { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, ErrorCodes.UnsupportedMediaType,
        "The body must be sent as it is, without a Content-Encoding");

    public static Problem UriTooLong { get; } = new(
        StatusCodes.Status414UriTooLong, ErrorCodes.UriTooLong, "The address must not be longer than 8,192 characters");

    public static Problem IdempotencyInProgress { get; } = new(
        StatusCodes.Status409Conflict, ErrorCodes.IdempotencyInProgress, "The first request with this Idempotency-Key is still running");

    public static Problem IdempotencyKeyReused { get; } = new(
        StatusCodes.Status422UnprocessableEntity, ErrorCodes.IdempotencyKeyReused, "This Idempotency-Key belongs to another request");

    public static Problem Bad(string message) => new(StatusCodes.Status400BadRequest, ErrorCodes.BadRequest, message);

    public static Problem MethodNotAllowed(string method, string allowed) => new(
        StatusCodes.Status405MethodNotAllowed, ErrorCodes.MethodNotAllowed, $"{method} is not possible here; use {allowed}");

    public static Problem MissingScope(string scope) => new(
        StatusCodes.Status403Forbidden, ErrorCodes.InsufficientScope, $"Token missing {scope} scope");

    public static Problem RateLimited(int retryAfter) => new(
        StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimitExceeded, "Too many requests",
        json => json.WriteNumber("retry_after"u8, retryAfter))
    {
        RetryAfter = retryAfter,
    };

    /// <param name="attempt">As in "update contact".</param>
    public static Problem Unexpected(string attempt) => new(
        StatusCodes.Status500InternalServerError, ErrorCodes.InternalError, "Failed to " + attempt);

    public static Problem Invalid(FieldErrors fields) => new(
        StatusCodes.Status422UnprocessableEntity, ErrorCodes.ValidationError, "Validation failed", json => WriteFields(json, fields));

    /// <summary>Field errors in the envelope and again in <c>errors</c>, where clients of the v1 API's comments read them.</summary>
    public static Problem InvalidTwice(FieldErrors fields) => new(
        StatusCodes.Status422UnprocessableEntity, ErrorCodes.ValidationError, "Validation failed", json =>
            WriteFields(json, fields), json =>
        {
            json.WriteStartObject("errors"u8);
            WriteFields(json, fields);
            json.WriteEndObject();
        });

    public static Problem Invalid(string field, FieldError reason) => Invalid(new FieldErrors().Add(field, reason));

    /// <summary>The one map from an error to HTTP.</summary>
    public static Problem From(AppError error) => error switch
    {
        ValidationError invalid => Invalid(invalid.Fields),
        ForbiddenError forbidden => MissingScope(forbidden.Permission),
        LimitExceededError limit => new(StatusCodes.Status403Forbidden, ErrorCodes.FeatureLimitExceeded, error.Message, json =>
        {
            json.WriteString("feature"u8, limit.Feature);
            json.WriteNumber("current"u8, limit.Current);
            json.WriteNumber("maximum"u8, limit.Maximum);
        }),
        FeatureNotAvailableError missing => new(StatusCodes.Status403Forbidden, ErrorCodes.FeatureNotAvailable, error.Message, json =>
            json.WriteString("feature"u8, missing.Feature)),
        InUseError used => new(StatusCodes.Status409Conflict, ErrorCodes.ResourceInUse, error.Message, json =>
            json.WriteNumber("contacts"u8, used.Contacts)),
        StaleVersionError stale => new(StatusCodes.Status412PreconditionFailed, ErrorCodes.PreconditionFailed, error.Message, json =>
            json.WriteString("current_etag"u8, TagOf(stale.CurrentVersion))),
        ContactOptedOutError => new(StatusCodes.Status403Forbidden, ErrorCodes.ContactOptedOut, error.Message),
        WhatsAppNotConfiguredError => new(StatusCodes.Status422UnprocessableEntity, ErrorCodes.WhatsAppNotConfigured, error.Message),
        WindowClosedError => new(StatusCodes.Status422UnprocessableEntity, ErrorCodes.MessageWindowClosed, error.Message),
        MessageSendFailedError failed => new(StatusCodes.Status500InternalServerError, ErrorCodes.MessageSendFailed, error.Message, json =>
        {
            json.WritePropertyName("code"u8);
            json.WriteNumberOrNull(failed.Code);
            json.WriteString("title"u8, failed.Title);
            json.WriteString("message"u8, failed.Details);
            json.WriteBoolean("may_have_been_sent"u8, failed.IsUncertain);
            json.WritePropertyName("chat_message_id"u8);
            json.WriteNumberOrNull(failed.MessageId);
            if (failed.RetryAfter is { } wait)
            {
                json.WriteNumber("retry_after"u8, SecondsOf(wait));
            }
        })
        {
            RetryAfter = failed.RetryAfter is { } asked ? SecondsOf(asked) : null,
        },
        RequestTakenOverError => IdempotencyInProgress,
        TemplateNotFoundError => Unprocessable(ErrorCodes.TemplateNotFound, error),
        TemplateNotApprovedError => Unprocessable(ErrorCodes.TemplateNotApproved, error),
        OneTimeCodeTemplateWrong => Unprocessable(ErrorCodes.TemplateWrongCategory, error),
        TemplateSyncFailedError failed => new(StatusCodes.Status500InternalServerError, ErrorCodes.InternalError, error.Message, json =>
        {
            json.WritePropertyName("code"u8);
            json.WriteNumberOrNull(failed.Code);
            json.WriteString("title"u8, failed.Title);
            json.WriteString("message"u8, failed.Details);
        }),
        TemplateRefusedError refused => Unprocessable(ErrorCodes.TemplateRefused, error, json =>
        {
            json.WritePropertyName("code"u8);
            json.WriteNumberOrNull(refused.Code);
            json.WritePropertyName("subcode"u8);
            json.WriteNumberOrNull(refused.Subcode);
            json.WriteString("title"u8, refused.Title);
            json.WriteString("message"u8, refused.Details);
        }),
        TemplateEditLimitError limited => new(StatusCodes.Status409Conflict, ErrorCodes.Conflict, error.Message, json =>
        {
            json.WritePropertyName("possible_at"u8);
            json.WriteTime(limited.PossibleAt);
        }),
        TooManyOneTimeCodeTries tooMany => RateLimited(SecondsOf(tooMany.RetryAfter)),
        OneTimeCodeNotFound => Unprocessable(ErrorCodes.OtpNotFound, error),
        OneTimeCodeExpired => Unprocessable(ErrorCodes.OtpExpired, error),
        OneTimeCodeLocked => Unprocessable(ErrorCodes.MaxAttemptsExceeded, error),
        OneTimeCodeWrong wrong => Unprocessable(ErrorCodes.InvalidCode, error, json =>
            json.WriteNumber("attempts_remaining"u8, wrong.AttemptsRemaining)),
        _ => OfCategory(error),
    };

    // Falls back to the error's category, so that a new error is never a 500.
    private static Problem OfCategory(AppError error) => error switch
    {
        NotFoundError => new(StatusCodes.Status404NotFound, ErrorCodes.NotFound, error.Message),
        InvalidError => Unprocessable(ErrorCodes.ValidationError, error),
        ConflictError => new(StatusCodes.Status409Conflict, ErrorCodes.Conflict, error.Message),
        DeniedError => new(StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, error.Message),
        LimitError => new(StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimitExceeded, error.Message),
        _ => new(StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServiceUnavailable, error.Message),
    };

    private static int SecondsOf(TimeSpan wait) => (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, int.MaxValue);

    private static Problem Unprocessable(string code, AppError error, Action<Utf8JsonWriter>? details = null) =>
        new(StatusCodes.Status422UnprocessableEntity, code, error.Message, details);

    protected override void WriteBody(Utf8JsonWriter json)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        if (details is not null)
        {
            json.WriteStartObject("details"u8);
            details(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        beside?.Invoke(json);
    }

    public static void WriteFields(Utf8JsonWriter json, FieldErrors fields)
    {
        foreach (var (field, reasons) in fields)
        {
            json.WriteStartArray(field);
            foreach (var reason in reasons)
            {
                json.WriteStringValue(reason.Message);
            }

            json.WriteEndArray();
        }
    }
}
