namespace WaCr.Web.Features.Costs;

/// <summary>The country whose price WhatsApp charges for a recipient.</summary>
internal static class CallingCountry
{
    private const int UserIdCountry = 2;

    /// <summary>That of the number; of a person who hides it, the one that their WhatsApp id begins with. Empty if neither tells.</summary>
    public static string Of(string? waId, string? userId) =>
        (PhoneNumber.FromWaId(waId) is { } number ? OfKey(number.Key) : null) ?? OfUserId(userId) ?? "";

    // A number that its country does not assign is charged by its calling code.
    private static string? OfKey(string phoneKey) => PhoneNumber.CountryOf(phoneKey) ?? PhoneNumber.CallingCountryOf(phoneKey);

    private static string? OfUserId(string? userId) =>
        userId?.IndexOf('.', StringComparison.Ordinal) == UserIdCountry && userId[..UserIdCountry].All(char.IsAsciiLetterUpper)
            ? userId[..UserIdCountry]
            : null;
}
