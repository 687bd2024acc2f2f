using System.Globalization;
using System.Text;
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

    private const string StartWord = "start";

    /// <summary>In the languages of the staff app, folded and without marks. Words that also answer a question ("cancel", "no") are none.</summary>
    private static readonly HashSet<string> StopWords = new(
        new[]
        {
            "stop", "stop all", "stopall", "stop promotions", "stop messages", "stop messaging me", "unsubscribe", "unsubscribe me", "opt out", "optout",
            "remove me", "parar", "pare", "parem", "sair", "sair da lista", "descadastrar", "descadastre", "descadastre me", "cancelar inscrição",
            "cancelar assinatura", "parar promoções", "parar mensagens", "não quero mais receber", "remover",
            "توقف", "قف", "إيقاف", "أوقف", "أوقفوا", "إلغاء الاشتراك", "الغاء الاشتراك", "ألغ الاشتراك", "إلغاء اشتراكي", "إيقاف الرسائل",
            "إيقاف العروض", "لا ترسلوا", "لا تراسلني",
        }.Select(Bare), StringComparer.Ordinal);

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

        if (StopWords.Contains(said) || words.Split('\n').Any(word => Bare(word) is { Length: > 0 } own && own == said))
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

    // Signs and emoji change nothing about the wish; a question mark does. Of signs alone they are all there is.
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
