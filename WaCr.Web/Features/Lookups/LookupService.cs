using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Idempotency;
using Group = WaCr.Web.Domain.Group;

namespace WaCr.Web.Features.Lookups;

/// <summary>The only way to change groups, sources and statuses.</summary>
public sealed partial class LookupService<TLookup>(IDatabaseWriter writer, TenantContext tenant, OnceWriter once)
    where TLookup : Lookup, new()
{
    private static readonly LookupKind Kind = LookupKind.Of<TLookup>();

    public async Task<Result<LookupDetails>> CreateAsync(LookupPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Kind.WritePermission) is { } forbidden)
        {
            return forbidden;
        }

        if (once.Recall<LookupDetails>() is { } kept)
        {
            return kept;
        }

        return await once.WriteAsync<LookupDetails, LookupDetails>(
            async db =>
            {
                var lookup = new TLookup();
                var errors = await CheckAsync(db, lookup, input);
                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                await ApplyAsync(db, lookup, input, isNew: true);
                db.Add(lookup);
                await db.SaveChangesAsync();
                return ToDetails(lookup);
            },
            created => created,
            cancellationToken);
    }

    /// <summary>Updates a lookup. The name is required here too; the colour only changes if given.</summary>
    public async Task<Result<LookupDetails>> UpdateAsync(long id, LookupPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Kind.WritePermission) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<LookupDetails>(
            async db =>
            {
                var lookup = await db.Set<TLookup>().SingleOrDefaultAsync(l => l.Id == id);
                if (lookup is null)
                {
                    return Kind.NotFound;
                }

                var errors = await CheckAsync(db, lookup, input);
                if (errors.Any)
                {
                    return new ValidationError(errors);
                }

                await ApplyAsync(db, lookup, input, isNew: false);
                await db.SaveChangesAsync();
                return ToDetails(lookup);
            },
            cancellationToken);
    }

    /// <summary>Deletes a lookup. Fails for a source or status in use; deleting a group removes its memberships but no contacts.</summary>
    public async Task<Result<Done>> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Kind.DeletePermission) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var lookup = await db.Set<TLookup>().SingleOrDefaultAsync(l => l.Id == id);
                if (lookup is null)
                {
                    return Kind.NotFound;
                }

                if (lookup is Group)
                {
                    await GroupMembershipService.ClearAsync(db, id);
                }
                else if ((await LookupUse.CountAsync<TLookup>(db, [id], CancellationToken.None)).GetValueOrDefault(id)
                    is > 0 and var contacts)
                {
                    return Kind.InUse(contacts);
                }

                await LookupUse.ForgetAsDefaultAsync<TLookup>(db, id);
                db.Remove(lookup);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    private static async Task<FieldErrors> CheckAsync(AppDbContext db, TLookup lookup, LookupPatch input)
    {
        var errors = new FieldErrors().AddAll(input.Unreadable);
        if (!errors.Has(LookupFields.Name))
        {
            await CheckNameAsync(db, lookup, input.Name.Or(null)?.Trim(), errors);
        }

        if (lookup is Status && input.Color.Or(null) is { } color && !HexColor().IsMatch(color.Trim()))
        {
            errors.Add(LookupFields.Color, LookupKind.ColorInvalid);
        }

        return errors;
    }

    private static async Task CheckNameAsync(AppDbContext db, TLookup lookup, string? name, FieldErrors errors)
    {
        if (TextRule.Check(errors, LookupFields.Name, name, Lookup.NameMaxLength, Kind.NameRequired) is { } text)
        {
            var key = TextKey.IgnoringCase(text);
            await db.LockValueAsync(typeof(TLookup).Name, key);
            if (await db.Set<TLookup>().AnyAsync(other => other.NameKey == key && other.Id != lookup.Id))
            {
                errors.Add(LookupFields.Name, Kind.NameTaken);
            }
        }
    }

    private static async Task ApplyAsync(AppDbContext db, TLookup lookup, LookupPatch input, bool isNew)
    {
        lookup.Rename(input.Name.Value!.Trim());
        if (lookup is not Status status)
        {
            return;
        }

        if (input.Color.IsGiven)
        {
            status.Color = input.Color.Value?.Trim();
        }

        if (isNew)
        {
            status.Position = await db.Statuses.CountAsync();
        }
    }

    private static LookupDetails ToDetails(TLookup lookup) =>
        new(lookup.Id, lookup.Name, (lookup as Status)?.Color, lookup.CreatedAt, lookup.UpdatedAt);

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HexColor();
}
