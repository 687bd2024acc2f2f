using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Opt-outs and renewed consent given by contacts themselves, by a word or by WhatsApp's own switch.</summary>
public sealed class OptOuts
{
    public const string MarketingCategory = "marketing_messages";

    private const string StartWord = "start";

    /// <summary>
    /// Stop words in the staff app's languages, folded. Words that may also answer a question ("cancel", "no") are excluded.
    /// </summary>
    private static readonly HashSet<string> StopWords = new(
        new[]
        {
            "stop", "stop all", "stopall", "stop promotions", "stop messages", "stop messaging me", "unsubscribe", "unsubscribe me", "opt out", "optout",
            "remove me", "parar", "pare", "parem", "sair", "sair da lista", "descadastrar", "descadastre", "descadastre me", "cancelar inscrição",
            "cancelar assinatura", "parar promoções", "parar mensagens", "não quero mais receber", "remover",
            "توقف", "قف", "إيقاف", "أوقف", "أوقفوا", "إلغاء الاشتراك", "الغاء الاشتراك", "ألغ الاشتراك", "إلغاء اشتراكي", "إيقاف الرسائل",
            "إيقاف العروض", "لا ترسلوا", "لا تراسلني",
        }.Select(Bare), StringComparer.Ordinal);

    /// <summary>Meaning of WhatsApp's switch; null for unknown values.</summary>
    public static bool? Meaning(string preference) => preference switch
    {
        "stop" => true,
        "resume" or "signup" => false,
        _ => null,
    };

    /// <summary>True to stop, false to resume, null for neither. The whole text must match: "don't stop" is no opt-out.</summary>
    /// <param name="text">The contact's text, or the tapped button.</param>
    /// <param name="words">The tenant's own words, one per line.</param>
    public static bool? Read(string? text, string words)
    {
        var said = Bare(text);
        if (said.Length == 0)
        {
            return null;
        }

        if (StopWords.Contains(said) || words.Split('\n').Any(word => Bare(word) is { Length: > 0 } own && own == said))
        {
            return true;
        }

        return said == StartWord ? false : null;
    }

    /// <summary>The number and the WhatsApp id that consent is stored under.</summary>
    public static List<ConsentSubject> SubjectsOf(Person person) =>
        ConsentSubject.Of(ConsentSubject.OfPhone(PhoneNumber.FromWaId(person.WaId)?.Key), ConsentSubject.OfUser(person.UserId));

    /// <summary>
    /// Sets the opt-out, with a history entry by the current actor. It is also stored by number and id, so it survives deleting and
    /// recreating the contact; if there is no active contact, that is all it does.
    /// </summary>
    /// <param name="person">Who said it; null if WhatsApp reports it for a contact.</param>
    /// <param name="purpose">What is opted out of. Opting in again covers everything, unless only marketing was opted out of.</param>
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

    // Ignores punctuation and emoji, but not a question mark. A text of punctuation alone is kept.
    private static string Bare(string? text)
    {
        var folded = TextKey.Folded(text);
        if (folded.Contains('?', StringComparison.Ordinal) || folded.Contains('؟', StringComparison.Ordinal))
        {
            return folded;
        }

        var letters = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            {
                letters.Append(rune);
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark || IsWithin(letters))
            {
                letters.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? rune.ToString() : " ");
            }
        }

        var bare = string.Join(' ', letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return bare.Length > 0 ? bare : folded.Trim('.', '!', '"', '\'', ' ');

        static bool IsWithin(StringBuilder said) => said.Length > 0 && said[^1] != ' ';
    }
}
