using WaCr.Web.Common;

namespace WaCr.Web.Features.Otp;

/// <summary>No code was sent for that phone and purpose, or it was used or replaced.</summary>
public sealed record OneTimeCodeNotFound() : AppError("No active OTP found");

public sealed record OneTimeCodeExpired() : AppError("The verification code has expired");

public sealed record OneTimeCodeWrong(int AttemptsRemaining) : AppError("The verification code is not correct");

/// <summary>Nothing helps but a new code.</summary>
public sealed record OneTimeCodeLocked() : AppError("Too many failed attempts; ask for a new code");

/// <summary>Asked for too often for one phone; <paramref name="RetryAfter"/> says when it may be asked for again.</summary>
public sealed record TooManyOneTimeCodeTries(TimeSpan RetryAfter) : AppError("Too many requests for this phone number");

/// <summary>Codes go out in authentication templates alone.</summary>
public sealed record OneTimeCodeTemplateWrong() : AppError("The template's category must be AUTHENTICATION");
