namespace WaCr.Web.Common;

/// <summary>Validates the field <c>phone</c> of calls that send.</summary>
public static class PhoneRules
{
    public const string Field = "phone";
    public const int MinLength = 10;
    public const int MaxLength = 20;

    public static readonly FieldError Required = new("phone.required", "Phone number is required");

    public static readonly FieldError Invalid = new("phone.invalid", "The phone number is not valid");

    /// <summary>Null if it breaks a rule; the error is added.</summary>
    public static PhoneNumber? Check(string? given, string homeCountry, FieldErrors errors, int maxLength = MaxLength)
    {
        if (errors.Has(Field))
        {
            return null; // already reported as unreadable
        }

        var text = given?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            errors.Add(Field, Required);
        }
        else if (text.Length < MinLength)
        {
            errors.Add(Field, TextRule.TooShort(MinLength));
        }
        else if (text.Length > maxLength)
        {
            errors.Add(Field, TextRule.TooLong(maxLength));
        }
        else if (text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or ' ' or '(' or ')')
            && PhoneNumber.TryParse(text, homeCountry, out var phone))
        {
            return phone;
        }
        else
        {
            errors.Add(Field, Invalid);
        }

        return null;
    }
}
