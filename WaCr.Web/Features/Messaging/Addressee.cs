using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>What sending needs to know of a contact.</summary>
public sealed record Addressee(
    long ContactId, string FirstName, string LastName, string? Email, string Phone, string PhoneKey, bool IsOptedOut, long? AssignedId)
{
    /// <summary>True where it was made in this very write.</summary>
    public bool IsNew { get; init; }

    /// <summary>
    /// Where a message to the contact goes: to whoever wrote last, or to the number that the contact was given since. Null where there
    /// is nothing to send to.
    /// </summary>
    /// <param name="asked">The number that the caller named, which may be one that a merge took away: then there and nowhere else.</param>
    internal MessageRoute? RouteIn(Conversation? conversation, PhoneNumber? asked = null)
    {
        var known = conversation?.StandsFor(PhoneKey) == true ? conversation : null;
        var key = asked?.Key ?? PhoneKey;
        var isWriter = known?.LastInboundAt is not null;
        if (known?.WaId is { } waId && (PhoneNumber.FromWaId(waId)?.Key == key || (asked is null && (isWriter || PhoneNumber.IsNone(key)))))
        {
            return new MessageRoute(Recipient.ByPhone(waId), known.WindowClosesAt(PhoneKey));
        }

        if (known is { WaId: null, UserId: { } userId } && asked is null && (isWriter || PhoneNumber.IsNone(key)))
        {
            return new MessageRoute(Recipient.ByUserId(userId), known.WindowClosesAt(PhoneKey));
        }

        // With a plus people say exactly what they mean; without one the key has the country.
        var entered = asked?.Entered ?? Phone;
        var closesAt = known is { WaId: null, UserId: null } && key == PhoneKey ? known.WindowClosesAt(PhoneKey) : null;
        return PhoneNumber.IsNone(key) ? null : new MessageRoute(Recipient.ByPhone(entered.StartsWith('+') ? TextKey.Digits(entered) : key), closesAt);
    }
}

/// <summary>Where a message goes, and until when anything but a template may go there.</summary>
internal sealed record MessageRoute(Recipient To, DateTimeOffset? WindowClosesAt)
{
    public bool WindowIsOpen(DateTimeOffset now) => now < WindowClosesAt;

    public override string ToString() => nameof(MessageRoute);
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
