namespace WaCr.Web.Features.Otp;

/// <summary>No code was sent for this phone and purpose, or it was used or replaced.</summary>
public sealed record OneTimeCodeNotFound() : InvalidError("otp.not_found", "No active OTP found");

public sealed record OneTimeCodeExpired() : InvalidError("otp.expired", "The verification code has expired");

public sealed record OneTimeCodeWrong(int AttemptsRemaining) : InvalidError("otp.wrong", "The verification code is not correct");

/// <summary>Only a new code helps.</summary>
public sealed record OneTimeCodeLocked() : InvalidError("otp.locked", "Too many failed attempts; ask for a new code");

/// <summary>Too many requests for one phone; <paramref name="RetryAfter"/> is the time to wait.</summary>
public sealed record TooManyOneTimeCodeTries(TimeSpan RetryAfter) : LimitError("otp.too_many", "Too many requests for this phone number");

/// <summary>Codes can only be sent with authentication templates.</summary>
public sealed record OneTimeCodeTemplateWrong() : InvalidError("otp.template_wrong", "The template's category must be AUTHENTICATION");
