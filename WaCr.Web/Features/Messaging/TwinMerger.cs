using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Merges a contact known only by WhatsApp's id with the contact that has the number, once WhatsApp names both for one person: in a
/// message, or in the answer to a send. Users can undo it like any merge.
/// </summary>
public sealed partial class TwinMerger(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, ContactMerger merger, ILogger<TwinMerger> logger)
{
    /// <summary>Merges inside the caller's write; the survivor's id, or null if nothing was merged.</summary>
    /// <param name="contact">The person's contact, as found by <see cref="PersonResolver"/>; no longer tracked after a merge.</param>
    internal async Task<long?> JoinAsync(AppDbContext db, long channelId, Contact contact, Person person)
    {
        if (await FindTwinAsync(db, channelId, contact, person) is not { } survivorId)
        {
            return null;
        }

        db.Entry(contact).State = EntityState.Detached;
        await merger.JoinAsync(db, survivorId, contact.Id);
        return survivorId;
    }

    /// <summary>
    /// Locks a person's contact, and the one it will be merged with. A merge changes how many contacts there are, so their counter is locked
    /// before the two.
    /// </summary>
    internal static async Task LockAsync(AppDbContext db, long channelId, long contactId, Person person)
    {
        var twin = await db.Contacts.AsNoTracking().SingleOrDefaultAsync(known => known.Id == contactId) is { } contact
            ? await FindTwinAsync(db, channelId, contact, person) : null;
        if (twin is not null)
        {
            await UsageGate.LockAsync(db, Metric.Contacts);
        }

        await db.LockContactsAsync(twin is { } survivorId ? [contactId, survivorId] : [contactId]);
    }

    /// <summary>
    /// Merges, in a write of its own, what the answer to a send shows to be one person. The send itself is already recorded, so an outage
    /// only delays the merge until WhatsApp names both again.
    /// </summary>
    internal async Task MergeTwinAsync(long channelId, AcceptedMessage accepted)
    {
        if (accepted is not { WaId: { } waId, UserId: { } userId })
        {
            return;
        }

        var person = new Person(waId, userId, null);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            if (await FindWithTwinAsync(db, channelId, person) is not null)
            {
                (await writer.WriteAsync<Done>(write => MergeTwinAsync(write, channelId, person), CancellationToken.None)).OrThrow();
            }
        }
        catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
        {
            Log.NotMerged(logger, failure);
        }
    }

    private async Task<Result<Done>> MergeTwinAsync(AppDbContext db, long channelId, Person person)
    {
        if (await FindWithTwinAsync(db, channelId, person) is { } contact)
        {
            await JoinAsync(db, channelId, contact, person);
        }

        return default(Done);
    }

    // Looks only at the id: most people who have one also have a number.
    private static async Task<Contact?> FindWithTwinAsync(AppDbContext db, long channelId, Person person)
    {
        if (!await db.ChannelIdentities.AnyAsync(identity => identity.ChannelId == channelId && identity.UserId == person.UserId)
            || (await PersonResolver.FindAsync(db, channelId, person)).ContactId is not { } id
            || await db.Contacts.SingleOrDefaultAsync(known => known.Id == id) is not { } contact)
        {
            return null;
        }

        return await FindTwinAsync(db, channelId, contact, person) is null ? null : contact;
    }

    /// <summary>
    /// Finds the contact that already has the number of a contact known only by id until now: the same person. Null if it has another id,
    /// because then the number has changed hands.
    /// </summary>
    private static async Task<long?> FindTwinAsync(AppDbContext db, long channelId, Contact contact, Person person)
    {
        if (contact.HasPhone || person.UserId is null || PhoneNumber.FromWaId(person.WaId)?.Key is not { } key)
        {
            return null;
        }

        var userId = person.UserId;
        return await PersonResolver.OthersWithNumber(db, key, contact.Id)
            .Where(twin => !db.ChannelIdentities.Any(other =>
                    other.ChannelId == channelId && other.ContactId == twin.Id && other.UserId != null && other.UserId != userId))
            .Select(twin => (long?)twin.Id).SingleOrDefaultAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5377, Level = LogLevel.Warning, Message = "Two contacts of one person could not be merged yet.")]
        public static partial void NotMerged(ILogger logger, Exception failure);
    }
}
