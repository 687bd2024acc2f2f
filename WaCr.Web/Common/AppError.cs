namespace WaCr.Web.Common;

/// <summary>A refusal that the caller can act on. Bugs and outages are exceptions.</summary>
/// <param name="ErrorCode">The screen finds its text by this code.</param>
/// <param name="Message">As the API shows it.</param>
public abstract record AppError(string ErrorCode, string Message);

/// <summary>The row does not exist or belongs to another tenant; the two are never told apart.</summary>
public sealed record NotFoundError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>The request breaks a rule; repeating it changes nothing.</summary>
public abstract record InvalidError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>The request conflicts with the current state.</summary>
public abstract record ConflictError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>The caller may not do this, or not to this person.</summary>
public abstract record DeniedError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>A quantity or rate limit is reached.</summary>
public abstract record LimitError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>An outside system is unavailable now.</summary>
public abstract record UnavailableError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>One or more fields break a rule; all errors are reported together.</summary>
public sealed record ValidationError(FieldErrors Fields) : InvalidError("invalid", "Validation failed")
{
    public ValidationError(string field, FieldError reason) : this(new FieldErrors().Add(field, reason)) { }
}

/// <summary>The actor's role or token lacks <paramref name="Permission"/>.</summary>
public sealed record ForbiddenError(string Permission) : DeniedError("forbidden", $"Missing the {Permission} permission");

/// <summary>A plan's limit is reached. <paramref name="Maximum"/> is what the plan allows.</summary>
public sealed record LimitExceededError(string Feature, long Current, long Maximum)
    : LimitError("plan.limit", $"Your plan's limit for {Feature} has been reached");

/// <summary>The tenant's plan does not include <paramref name="Feature"/>.</summary>
public sealed record FeatureNotAvailableError(string Feature) : LimitError("plan.feature", $"Your plan does not include {Feature}");

/// <summary>The source or status is still used by <paramref name="Contacts"/> contacts.</summary>
public sealed record InUseError(string ErrorCode, string Message, long Contacts) : ConflictError(ErrorCode, Message);

/// <summary>The request came too late.</summary>
public sealed record TooLateError(string ErrorCode, string Message) : ConflictError(ErrorCode, Message);

/// <summary>The versions that the caller has read and expects; by default any version.</summary>
public readonly record struct ExpectedVersions(IReadOnlyCollection<long>? Any)
{
    public bool Accept(long version) => Any is null || Any.Contains(version);

    public static implicit operator ExpectedVersions(long? version) => new(version is { } one ? [one] : null);
}

/// <summary>The caller's copy is older than what is stored.</summary>
/// <param name="What">What was changed, as in "contact".</param>
public sealed record StaleVersionError(long CurrentVersion, string What = "contact")
    : ConflictError("stale", $"The {What} was changed since you read it");

/// <summary>The database or the network is unavailable now; the server's log says why.</summary>
public sealed record OutageError() : UnavailableError("outage", "The server couldn't do this just now. Nothing that was saved is lost.");
