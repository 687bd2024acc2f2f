using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;

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

    /// <summary>With an entry in the contact's history, by the one who acts in this scope. A contact in the trash stays as it is.</summary>
    public async Task SetAsync(AppDbContext db, long contactId, bool isOptedOut)
    {
        await db.LockContactsAsync([contactId]);
        if (await db.Contacts.SingleOrDefaultAsync(contact => contact.Id == contactId) is { } contact && contact.IsOptedOut != isOptedOut)
        {
            contact.IsOptedOut = isOptedOut;
            await db.SaveChangesAsync();
        }
    }

    // A full stop or an exclamation mark changes nothing about the wish.
    private static string Bare(string? text) => TextKey.Folded(text).Trim().Trim('.', '!', '"', '\'', ' ');
}
