using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Otp;

/// <summary>Request to send a code.</summary>
public sealed record SendOneTimeCode : SendRequest
{
    public Optional<string?> TemplateName { get; init; }

    /// <summary>The caller's own code.</summary>
    public Optional<string?> Code { get; init; }

    public Optional<string?> Language { get; init; }
    public Optional<long?> ExpiryMinutes { get; init; }
    public Optional<string?> Purpose { get; init; }

    /// <summary>Template body values after the code and the minutes.</summary>
    public IReadOnlyList<string> AdditionalParameters { get; init; } = [];
}

/// <summary>A code entered by a person.</summary>
public sealed record VerifyOneTimeCode
{
    public string? Phone { get; init; }
    public string? Code { get; init; }
    public string? Purpose { get; init; }
    public FieldErrors Unreadable { get; init; } = [];
}

/// <param name="Phone">Digits.</param>
public sealed record SentOneTimeCode(
    string MessageId, long ContactId, string Phone, string TemplateName, string Language, int ExpiryMinutes, DateTimeOffset ExpiresAt,
    DateTimeOffset SentAt);

/// <param name="Phone">Digits.</param>
public sealed record VerifiedOneTimeCode(string Phone, string Purpose, DateTimeOffset VerifiedAt);

/// <summary>The latest code of a phone and purpose that was neither used nor replaced; an expired one is kept for a day.</summary>
public sealed record OneTimeCodeStatus(DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int Attempts, DateTimeOffset Now)
{
    public const int MaxAttempts = OneTimeCode.MaxAttempts;

    public bool IsExpired => ExpiresAt <= Now;

    /// <summary>Negative after expiry.</summary>
    public long ExpiresInSeconds => (long)Math.Floor((ExpiresAt - Now).TotalSeconds);

    public int AttemptsRemaining => MaxAttempts - Attempts;
}
