using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Otp;

/// <summary>The fields that the calls have in common, and their rules.</summary>
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

    /// <summary>Trimmed; <see cref="OneTimeCode.DefaultPurpose"/> where none is given.</summary>
    public static string CheckPurpose(string? given, FieldErrors errors) =>
        CheckText(Purpose, given, PurposeMaxLength, errors) ?? DefaultPurpose;

    public static string? CheckRequired(string field, string? given, int maxLength, string missing, FieldErrors errors)
    {
        var text = CheckText(field, given, maxLength, errors);
        if (text is null && !errors.Has(field))
        {
            errors.Add(field, missing);
        }

        return text;
    }

    /// <summary>Trimmed, null where there is nothing or where it breaks a rule.</summary>
    public static string? CheckText(string field, string? given, int maxLength, FieldErrors errors)
    {
        var text = given?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!TextRules.IsStorable(text))
        {
            errors.Add(field, TextRules.Unprintable);
            return null;
        }

        if (TextRules.IsTooLong(text, maxLength))
        {
            errors.Add(field, TextRules.TooLong(maxLength));
            return null;
        }

        return text;
    }
}
