namespace WaCr.Web.Common;

/// <summary>The field <c>phone</c> of the calls that send.</summary>
public static class PhoneRules
{
    public const string Field = "phone";
    public const int MinLength = 10;
    public const int MaxLength = 20;

    /// <summary>Null where it breaks a rule, which is noted.</summary>
    public static PhoneNumber? Check(string? given, string homeCountry, FieldErrors errors, int maxLength = MaxLength)
    {
        if (errors.Has(Field))
        {
            return null; // it could not even be read
        }

        var text = given?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            errors.Add(Field, "Phone number is required");
        }
        else if (text.Length < MinLength)
        {
            errors.Add(Field, $"Must be at least {MinLength} characters long");
        }
        else if (text.Length > maxLength)
        {
            errors.Add(Field, TextRules.TooLong(maxLength));
        }
        else if (text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or ' ' or '(' or ')')
            && PhoneNumber.TryParse(text, homeCountry, out var phone))
        {
            return phone;
        }
        else
        {
            errors.Add(Field, "The phone number is not valid");
        }

        return null;
    }
}
