using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// What the current user typed into a contact form and did not save: one per contact, and one for a new contact (<c>contactId</c> null).
/// Private to the user.
/// </summary>
public sealed class UnsavedEdits(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public async Task<Result<UnsavedEditDetails?>> FindAsync(long? contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = time.GetUtcNow() - KeptFor;
        var kept = await db.UnsavedEdits.Of(tenant.Actor, contactId).Where(edit => edit.KeptAt > oldest).OrderByDescending(edit => edit.Id)
            .Select(edit => new { edit.Fields, edit.KeptAt }).FirstOrDefaultAsync(cancellationToken);
        return kept is null
            ? null as UnsavedEditDetails
            : new UnsavedEditDetails(JsonSerializer.Deserialize<UnsavedFields>(kept.Fields)!, kept.KeptAt);
    }

    /// <summary>Replaces the stored edit; for a deleted contact nothing is stored.</summary>
    public async Task<Result<Done>> KeepAsync(long? contactId, UnsavedFields unsaved, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (tenant.Actor is not { Kind: ActorKind.User, Id: { } userId })
        {
            return default(Done); // the actor is no user, so nobody could resume it
        }

        var fields = JsonSerializer.Serialize(unsaved);
        return await writer.WriteAsync<Done>(
            async db =>
            {
                var now = time.GetUtcNow();
                await db.UnsavedEdits.Where(edit => edit.KeptAt <= now - KeptFor).ExecuteDeleteAsync();
                if (contactId is not null && !await db.Contacts.AnyAsync(contact => contact.Id == contactId))
                {
                    return ContactErrors.NotFound;
                }

                var edit = await db.UnsavedEdits.Of(tenant.Actor, contactId).FirstOrDefaultAsync();
                if (edit is null)
                {
                    db.UnsavedEdits.Add(edit = new UnsavedEdit { UserId = userId, ContactId = contactId });
                }

                (edit.Fields, edit.KeptAt) = (fields, now);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Discards the edit; a save does so itself (<see cref="ContactPatch.EndsUnsavedEdit"/>).</summary>
    public async Task<Result<Done>> DropAsync(long? contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                await db.UnsavedEdits.Of(tenant.Actor, contactId).ExecuteDeleteAsync();
                return default(Done);
            },
            cancellationToken);
    }

}

internal static class UnsavedEditRows
{
    /// <summary>The actor's edits; none if the actor is no user.</summary>
    public static IQueryable<UnsavedEdit> Of(this IQueryable<UnsavedEdit> edits, CurrentActor actor, long? contactId)
    {
        var userId = actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;
        return edits.Where(edit => edit.UserId == userId && edit.ContactId == contactId);
    }
}
