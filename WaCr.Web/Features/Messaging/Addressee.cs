using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Messaging;

/// <summary>The columns of a contact that sending needs.</summary>
public sealed record Addressee(
    long ContactId, string FirstName, string LastName, string? Email, string Phone, string PhoneKey, bool IsOptedOut,
        ConsentPurpose OptedOutOf,
    long? AssignedId)
{
    /// <summary>What the contact wants no more of; null if nothing is unwanted.</summary>
    public ConsentPurpose? Unwanted => IsOptedOut ? OptedOutOf : null;

    /// <summary>True if the contact was created in this write.</summary>
    public bool IsNew { get; init; }

    /// <summary>
    /// The number or id to send to: the one the contact wrote from last, or the contact's newer number. Null if there is none.
    /// </summary>
    /// <param name="asked">The number the caller named, which may have been merged away; then only that number is used.</param>
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

        // A number typed with a plus is unambiguous; otherwise the key has the country.
        var entered = asked?.Entered ?? Phone;
        var closesAt = known is { WaId: null, UserId: null } && key == PhoneKey ? known.WindowClosesAt(PhoneKey) : null;
        return PhoneNumber.IsNone(key)
            ? null
            : new MessageRoute(Recipient.ByPhone(entered.StartsWith('+') ? TextKey.Digits(entered) : key), closesAt);
    }
}

/// <summary>Recipient, and the end of the 24-hour window for anything but templates.</summary>
internal sealed record MessageRoute(Recipient To, DateTimeOffset? WindowClosesAt)
{
    public bool WindowIsOpen(DateTimeOffset now) => now < WindowClosesAt;

    public override string ToString() => nameof(MessageRoute);
}

/// <summary>Fields of a new contact beyond the channel's defaults.</summary>
internal sealed record NewContact
{
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public int? CountryId { get; init; }
    public long? AssignedId { get; init; }
    public IReadOnlyList<long> Groups { get; init; } = [];
}
