namespace WaCr.Web.Common;

/// <summary>A "no" that a caller can do something about. Bugs and outages are exceptions, not errors.</summary>
/// <param name="ErrorCode">By which the screen finds its words.</param>
/// <param name="Message">In the words of the API.</param>
public abstract record AppError(string ErrorCode, string Message);

/// <summary>Absent, or another tenant's: the two are never told apart.</summary>
public sealed record NotFoundError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>What was asked for breaks a rule; asking the same again changes nothing.</summary>
public abstract record InvalidError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>What is there meanwhile stands in the way.</summary>
public abstract record ConflictError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>Not this caller, or not to this person.</summary>
public abstract record DeniedError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>Not as much, or not as often.</summary>
public abstract record LimitError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>Something outside could not do it now.</summary>
public abstract record UnavailableError(string ErrorCode, string Message) : AppError(ErrorCode, Message);

/// <summary>One or more fields break a rule; all of them are named at once.</summary>
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

/// <summary>A source or status that <paramref name="Contacts"/> contacts still use.</summary>
public sealed record InUseError(string ErrorCode, string Message, long Contacts) : ConflictError(ErrorCode, Message);

/// <summary>What was asked for came too late.</summary>
public sealed record TooLateError(string ErrorCode, string Message) : ConflictError(ErrorCode, Message);

/// <summary>The versions that a caller has read and will change; by default whatever is there.</summary>
public readonly record struct ExpectedVersions(IReadOnlyCollection<long>? Any)
{
    public bool Accept(long version) => Any is null || Any.Contains(version);

    public static implicit operator ExpectedVersions(long? version) => new(version is { } one ? [one] : null);
}

/// <summary>The caller's copy is older than what is stored.</summary>
public sealed record StaleVersionError(long CurrentVersion)
    : ConflictError("stale", "The contact was changed since you read it");

/// <summary>The database or the network could not do it now; why is in the server's log.</summary>
public sealed record OutageError() : UnavailableError("outage", "The server couldn't do this just now. Nothing that was saved is lost.");
