namespace WaCr.Web.Common;

/// <summary>What a person is reached by, for the screen: the number, or the name at WhatsApp of somebody who hides it.</summary>
public static class PersonHandle
{
    /// <param name="username">Without the @; null if there is none.</param>
    /// <returns>Empty if neither is known.</returns>
    public static string Of(string phoneKey, string? username) =>
        PhoneNumber.FormatKey(phoneKey) is { Length: > 0 } phone ? phone : username is null ? "" : "@" + username;
}
