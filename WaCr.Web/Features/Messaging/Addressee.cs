using WaCr.Web.Common;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>What sending needs to know of a contact.</summary>
public sealed record Addressee(
    long ContactId, string FirstName, string LastName, string? Email, string Phone, string PhoneKey, bool IsOptedOut, long? AssignedId)
{
    /// <summary>True where it was made in this very write.</summary>
    public bool IsNew { get; init; }

    /// <summary>
    /// Where it goes: the id that WhatsApp last showed while it still stands for the contact's number, else the number, else the id
    /// of somebody who shows none. Null where there is nothing to send to.
    /// </summary>
    internal Recipient? RecipientOn(string? waId, string? userId)
    {
        if (waId is not null && (PhoneNumber.IsNone(PhoneKey) || IsSameNumber(waId)))
        {
            return Recipient.ByPhone(waId);
        }

        if (!PhoneNumber.IsNone(PhoneKey))
        {
            // With a plus people say exactly what they mean; without one the key has the country.
            return Recipient.ByPhone(Phone.StartsWith('+') ? TextKey.Digits(Phone) : PhoneKey);
        }

        return userId is null ? null : Recipient.ByUserId(userId);
    }

    private bool IsSameNumber(string waId) =>
        waId == PhoneKey || (PhoneNumber.TryParse("+" + waId, "", out var number) && number.Key == PhoneKey);
}

/// <summary>What a new contact gets beyond the channel's defaults.</summary>
internal sealed record NewContact
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public int? CountryId { get; init; }
    public long? AssignedId { get; init; }
    public IReadOnlyList<long> Groups { get; init; } = [];
}
