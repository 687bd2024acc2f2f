using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

public sealed record SavedPlaceItem(long Id, string Name, string Address, decimal Latitude, decimal Longitude);

public static class SavedPlaceErrors
{
    public static readonly FieldError NameRequired = new("place.name_required", "Name is required");
    public static readonly FieldError TooMany = new("place.too_many", "There are as many places as can be kept; remove one first");

    public static NotFoundError NotFound => new("place.not_found", "Place not found");
}

/// <summary>Places that the workspace sends often. Whoever may send may keep and remove them.</summary>
public sealed class SavedPlaces(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    /// <summary>Limited because all are loaded at once.</summary>
    public const int Max = 200;

    /// <summary>By name.</summary>
    public async Task<Result<IReadOnlyList<SavedPlaceItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedPlaces.AsNoTracking().OrderBy(place => place.Name).ThenBy(place => place.Id).Take(Max)
            .Select(place => new SavedPlaceItem(place.Id, place.Name, place.Address, place.Latitude, place.Longitude))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Keeps a place; one of the same name is replaced.</summary>
    public async Task<Result<SavedPlaceItem>> SaveAsync(SendLocation place, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        // Whom it would go to is not asked: it is kept, not sent.
        var kept = place with { ContactId = 1 };
        var checkedPlace = LocationDraft.Read(kept, new DraftFields(kept, "", phoneIsOptional: true));
        var errors = checkedPlace.Errors;
        if (string.IsNullOrWhiteSpace(place.Name.Or(null)))
        {
            errors.Add(LocationFields.Name, SavedPlaceErrors.NameRequired);
        }

        return errors.Any
            ? new ValidationError(errors)
            : await writer.WriteAsync<SavedPlaceItem>(db => KeepAsync(db, checkedPlace.Place), cancellationToken);
    }

    public async Task<Result<Done>> RemoveAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db => await db.SavedPlaces.Where(place => place.Id == id).ExecuteDeleteAsync() == 1 ? default(Done)
                : SavedPlaceErrors.NotFound,
            cancellationToken);
    }

    private async Task<Result<SavedPlaceItem>> KeepAsync(AppDbContext db, WhatsApp.LocationContent content)
    {
        // Of two that save the same name at once, the index lets the second run again; it then finds the place.
        var place = await db.SavedPlaces.SingleOrDefaultAsync(known => known.Name == content.Name);
        if (place is null)
        {
            await db.LockCountAsync(nameof(db.SavedPlaces));
            if (await db.SavedPlaces.CountAsync() >= Max)
            {
                return new ValidationError(LocationFields.Name, SavedPlaceErrors.TooMany);
            }

            place = new SavedPlace { Name = content.Name!, CreatedAt = time.GetUtcNow() };
            db.SavedPlaces.Add(place);
        }

        (place.Address, place.Latitude, place.Longitude) = (content.Address ?? "", content.Latitude, content.Longitude);
        await db.SaveChangesAsync();
        return new SavedPlaceItem(place.Id, place.Name, place.Address, place.Latitude, place.Longitude);
    }
}
