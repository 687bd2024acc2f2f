namespace WaCr.Web.Features.Otp;

/// <summary>Fields common to the one-time code calls, with their rules.</summary>
public static class OneTimeCodeRules
{
    /// <summary>WhatsApp's own limit.</summary>
    public const int CodeMaxLength = 15;

    public const int PurposeMaxLength = OneTimeCode.PurposeMaxLength;
    public const string DefaultPurpose = OneTimeCode.DefaultPurpose;
    public const int DefaultExpiryMinutes = 10;
    public const int MaxExpiryMinutes = 60;
    public const string DefaultLanguage = "en";
    public const string TemplateName = "template_name";
    public const string Language = "language";
    public const string ExpiryMinutes = "expiry_minutes";
    public const string AdditionalParameters = "additional_params";
    public const string Code = "code";
    public const string Purpose = "purpose";

    public static readonly FieldError CodeRequired = new("otp.code_required", "Verification code is required");

    public static readonly FieldError ExpiryRange = new("otp.expiry_range", $"Must be from 1 to {MaxExpiryMinutes}", MaxExpiryMinutes);

    /// <summary>Trims it; <see cref="OneTimeCode.DefaultPurpose"/> if none is given.</summary>
    public static string CheckPurpose(string? given, FieldErrors errors) =>
        TextRule.Check(errors, Purpose, given, PurposeMaxLength) ?? DefaultPurpose;
}
