using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Whether a person wants to be written to, as they say it themselves: by a word, or by the switch in WhatsApp.</summary>
public sealed class OptOuts
{
    public const string MarketingCategory = "marketing_messages";

    private const string StopWord = "stop";
    private const string StartWord = "start";

    /// <summary>What WhatsApp's switch means; null for words that we do not know.</summary>
    public static bool? Meaning(string preference) => preference switch
    {
        "stop" => true,
        "resume" or "signup" => false,
        _ => null,
    };

    /// <summary>
    /// True to stop, false to go on, null where the text is neither. Only the whole text counts: "don't stop" is no wish to be left alone.
    /// </summary>
    /// <param name="text">What the customer wrote, or the button that was tapped.</param>
    /// <param name="words">The tenant's own, one a line.</param>
    public static bool? Read(string? text, string words)
    {
        var said = Bare(text);
        if (said.Length == 0)
        {
            return null;
        }

        if (said == StopWord || words.Split('\n').Any(word => Bare(word) is { Length: > 0 } own && own == said))
        {
            return true;
        }

        return said == StartWord ? false : null;
    }

    /// <summary>The number and the id that a wish is kept under.</summary>
    public static List<ConsentSubject> SubjectsOf(Person person) =>
        ConsentSubject.Of(ConsentSubject.OfPhone(PhoneNumber.FromWaId(person.WaId)?.Key), ConsentSubject.OfUser(person.UserId));

    /// <summary>
    /// With an entry in the contact's history, by the one who acts in this scope. The wish is kept beside the contact, too, for when it is
    /// deleted and made again; of somebody who is not here, or in the trash, that is all.
    /// </summary>
    /// <param name="person">Who said it; null where WhatsApp says it of a contact.</param>
    /// <param name="purpose">What is not wanted. Wanted again is all, unless it was marketing alone.</param>
    public async Task SetAsync(AppDbContext db, long? contactId, Person? person, bool isOptedOut, ConsentPurpose purpose)
    {
        var contact = contactId is { } id ? await LockAsync(db, id) : null;
        var subjects = ConsentSubject.Of([
            .. (person is null ? [] : SubjectsOf(person)).Select(own => (ConsentSubject?)own),
            .. (contact is null ? [] : (await db.ConsentSubjectsAsync([contact]))[contact.Id]).Select(own => (ConsentSubject?)own),
        ]);
        await db.RecordConsentAsync(subjects, isOptedOut, isOptedOut || purpose == ConsentPurpose.Marketing ? purpose : null);
        await db.SaveChangesAsync();
        if (contact is not null)
        {
            contact.IsOptedOut = isOptedOut || await db.FindConsentAsync(subjects) == true;
            await db.SaveChangesAsync();
        }
    }

    private static async Task<Contact?> LockAsync(AppDbContext db, long contactId)
    {
        await db.LockContactsAsync([contactId]);
        return await db.Contacts.SingleOrDefaultAsync(contact => contact.Id == contactId);
    }

    // A full stop or an exclamation mark changes nothing about the wish.
    private static string Bare(string? text) => TextKey.Folded(text).Trim().Trim('.', '!', '"', '\'', ' ');
}
