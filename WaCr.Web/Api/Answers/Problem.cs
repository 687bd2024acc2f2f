using System.Text.Json;
using WaCr.Web.Common;

namespace WaCr.Web.Api.Answers;

/// <summary>A "no" in the error envelope.</summary>
internal sealed class Problem(int statusCode, string code, string message, Action<Utf8JsonWriter>? details = null) : ApiAnswer(statusCode)
{
    public static Problem Unauthorized { get; } =
        new(StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, "Invalid or missing API token");

    public static Problem NoSuchPath { get; } = new(StatusCodes.Status404NotFound, ErrorCodes.NotFound, "There is nothing at this address");

    public static Problem Unavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, ErrorCodes.ServiceUnavailable, "The service cannot do this at the moment. Nothing was changed; please try again");

    public static Problem TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, ErrorCodes.PayloadTooLarge, "The body must not be larger than 1 MB");

    public static Problem NotJson { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, ErrorCodes.UnsupportedMediaType, "The body must be sent as application/json");

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
        json => json.WriteNumber("retry_after"u8, retryAfter));

    /// <param name="attempt">In words, as in "update contact".</param>
    public static Problem Unexpected(string attempt) => new(
        StatusCodes.Status500InternalServerError, ErrorCodes.InternalError, "Failed to " + attempt);

    public static Problem Invalid(FieldErrors fields) => new(
        StatusCodes.Status422UnprocessableEntity, ErrorCodes.ValidationError, "Validation failed", json => WriteFields(json, fields));

    public static Problem Invalid(string field, string message) => Invalid(new FieldErrors().Add(field, message));

    /// <summary>The one map from an error to HTTP.</summary>
    public static Problem From(AppError error) => error switch
    {
        ValidationError invalid => Invalid(invalid.Fields),
        NotFoundError => new(StatusCodes.Status404NotFound, ErrorCodes.NotFound, error.Message),
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
        _ => throw new NotSupportedException($"{error.GetType().Name} has no answer yet."),
    };

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
    }

    public static void WriteFields(Utf8JsonWriter json, FieldErrors fields)
    {
        foreach (var (field, messages) in fields)
        {
            json.WriteStartArray(field);
            foreach (var message in messages)
            {
                json.WriteStringValue(message);
            }

            json.WriteEndArray();
        }
    }
}
