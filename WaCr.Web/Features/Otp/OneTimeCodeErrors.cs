using WaCr.Web.Common;

namespace WaCr.Web.Features.Otp;

/// <summary>No code was sent for that phone and purpose, or it was used or replaced.</summary>
public sealed record OneTimeCodeNotFound() : InvalidError("otp.not_found", "No active OTP found");

public sealed record OneTimeCodeExpired() : InvalidError("otp.expired", "The verification code has expired");

public sealed record OneTimeCodeWrong(int AttemptsRemaining) : InvalidError("otp.wrong", "The verification code is not correct");

/// <summary>Nothing helps but a new code.</summary>
public sealed record OneTimeCodeLocked() : InvalidError("otp.locked", "Too many failed attempts; ask for a new code");

/// <summary>Asked for too often for one phone; <paramref name="RetryAfter"/> says when it may be asked for again.</summary>
public sealed record TooManyOneTimeCodeTries(TimeSpan RetryAfter) : LimitError("otp.too_many", "Too many requests for this phone number");

/// <summary>Codes go out in authentication templates alone.</summary>
public sealed record OneTimeCodeTemplateWrong() : InvalidError("otp.template_wrong", "The template's category must be AUTHENTICATION");
