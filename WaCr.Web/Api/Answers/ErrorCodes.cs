namespace WaCr.Web.Api.Answers;

/// <summary>What <c>error.code</c> can be.</summary>
internal static class ErrorCodes
{
    public const string BadRequest = "BAD_REQUEST";
    public const string Unauthorized = "UNAUTHORIZED";
    public const string InsufficientScope = "INSUFFICIENT_SCOPE";
    public const string FeatureLimitExceeded = "FEATURE_LIMIT_EXCEEDED";
    public const string FeatureNotAvailable = "FEATURE_NOT_AVAILABLE";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string Forbidden = "FORBIDDEN";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string ResourceInUse = "RESOURCE_IN_USE";
    public const string IdempotencyInProgress = "IDEMPOTENCY_IN_PROGRESS";
    public const string PreconditionFailed = "PRECONDITION_FAILED";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string UriTooLong = "URI_TOO_LONG";
    public const string ValidationError = "VALIDATION_ERROR";
    public const string IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
    public const string ContactOptedOut = "CONTACT_OPTED_OUT";
    public const string WhatsAppNotConfigured = "WHATSAPP_NOT_CONFIGURED";
    public const string MessageWindowClosed = "MESSAGE_WINDOW_CLOSED";
    public const string MessageSendFailed = "MESSAGE_SEND_FAILED";
    public const string TemplateNotFound = "TEMPLATE_NOT_FOUND";
    public const string TemplateNotApproved = "TEMPLATE_NOT_APPROVED";
    public const string TemplateRefused = "TEMPLATE_REFUSED";
    public const string TemplateWrongCategory = "TEMPLATE_WRONG_CATEGORY";
    public const string OtpNotFound = "OTP_NOT_FOUND";
    public const string OtpExpired = "OTP_EXPIRED";
    public const string InvalidCode = "INVALID_CODE";
    public const string MaxAttemptsExceeded = "MAX_ATTEMPTS_EXCEEDED";
    public const string RateLimitExceeded = "RATE_LIMIT_EXCEEDED";
    public const string InternalError = "INTERNAL_ERROR";
    public const string ServiceUnavailable = "SERVICE_UNAVAILABLE";
}
