namespace WaCr.Web.Common;

/// <summary>A "no" that a caller can do something about. Bugs and outages are exceptions, not errors.</summary>
public abstract record AppError(string Message);

/// <summary>One or more fields break a rule; all of them are named at once.</summary>
public sealed record ValidationError(FieldErrors Fields) : AppError("Validation failed")
{
    public ValidationError(string field, string message) : this(new FieldErrors().Add(field, message)) { }
}

/// <summary>Absent, or another tenant's: the two are never told apart.</summary>
public sealed record NotFoundError(string Message) : AppError(Message);

/// <summary>The actor's role or token lacks <paramref name="Permission"/>.</summary>
public sealed record ForbiddenError(string Permission) : AppError($"Missing the {Permission} permission");

/// <summary>A plan's limit is reached. <paramref name="Maximum"/> is what the plan allows.</summary>
public sealed record LimitExceededError(string Feature, long Current, long Maximum)
    : AppError($"Your plan's limit for {Feature} has been reached");

/// <summary>The tenant's plan does not include <paramref name="Feature"/>.</summary>
public sealed record FeatureNotAvailableError(string Feature) : AppError($"Your plan does not include {Feature}");

/// <summary>A source or status that <paramref name="Contacts"/> contacts still use.</summary>
public sealed record InUseError(string Message, long Contacts) : AppError(Message);

/// <summary>The versions that a caller has read and will change; by default whatever is there.</summary>
public readonly record struct ExpectedVersions(IReadOnlyCollection<long>? Any)
{
    public bool Accept(long version) => Any is null || Any.Contains(version);

    public static implicit operator ExpectedVersions(long? version) => new(version is { } one ? [one] : null);
}

/// <summary>The caller's copy is older than what is stored.</summary>
public sealed record StaleVersionError(long CurrentVersion)
    : AppError("The contact was changed since you read it");
