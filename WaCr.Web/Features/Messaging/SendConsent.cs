namespace WaCr.Web.Features.Messaging;

/// <summary>The contact wants no messages at all, or no marketing.</summary>
public sealed record ContactOptedOutError(ConsentPurpose Purpose = ConsentPurpose.Everything)
    : DeniedError("contact.opted_out", Purpose == ConsentPurpose.Everything ? "The contact has opted out of messages" : "The contact has opted out of marketing");

/// <summary>
/// The one rule about wishes that every send passes: when it is asked for, and again when its turn comes. Who wants nothing gets nothing,
/// except what a user answers at once inside an open window; who wants no marketing gets no broadcast and no marketing template, but
/// answers and notices.
/// </summary>
internal static class SendConsent
{
    private const string MarketingCategory = "MARKETING";

    public static bool IsMarketing(string? templateCategory) =>
        string.Equals(templateCategory, MarketingCategory, StringComparison.OrdinalIgnoreCase);

    /// <param name="unwanted">What the contact wants no more of; null if nothing is unwanted.</param>
    public static bool Forbids(ConsentPurpose? unwanted, bool isMarketing) =>
        unwanted == ConsentPurpose.Everything || (unwanted is not null && isMarketing);

    /// <summary>Null if the message may be sent.</summary>
    /// <param name="isAnswer">A user writes it now, and it needs an open window: the contact has just written.</param>
    public static ContactOptedOutError? Refusal(Addressee to, bool isMarketing, bool isAnswer = false) =>
        !isAnswer && Forbids(to.Unwanted, isMarketing) ? new ContactOptedOutError(to.OptedOutOf) : null;
}
