using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Views;

/// <summary>
/// Saved views of the contact list. Everybody who sees contacts has their own; sharing needs the permission to change contacts; users who
/// manage users may change and delete shared views.
/// </summary>
public sealed class SavedViewService(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int MaxPerPerson = 50;

    private long UserId => tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;

    private bool MayChangeShared => tenant.Actor.May(Permissions.UsersManage);

    /// <summary>The user's own and the shared views, oldest first.</summary>
    public async Task<Result<IReadOnlyList<SavedViewItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (me, mayChangeShared) = (UserId, MayChangeShared);
        return await db.SavedViews.AsNoTracking().Where(view => view.OwnerId == me || view.IsShared).OrderBy(view => view.Id)
            .Select(view => new SavedViewItem(view.Id, view.Name, view.IsShared, view.Query, view.OwnerId == me || mayChangeShared))
            .ToListAsync(cancellationToken);
    }

    public async Task<Result<SavedViewItem>> CreateAsync(string name, bool isShared, string query, CancellationToken cancellationToken)
    {
        var patch = new SavedViewPatch { Name = name, IsShared = isShared, Query = query };
        if (Refuse(patch) is { } refusal)
        {
            return refusal;
        }

        if (UserId == 0)
        {
            return new ForbiddenError(Permissions.ContactsRead); // the actor is no user, so nobody could use it
        }

        return await writer.WriteAsync<SavedViewItem>(
            async db =>
            {
                var me = UserId;
                await db.LockCountAsync(nameof(db.SavedViews), me);
                if (await db.SavedViews.CountAsync(view => view.OwnerId == me) >= MaxPerPerson)
                {
                    return new ValidationError("name", SavedViewErrors.TooMany);
                }

                var view = new SavedView { OwnerId = me };
                Apply(patch, view);
                db.SavedViews.Add(view);
                await db.SaveChangesAsync();
                return new SavedViewItem(view.Id, view.Name, view.IsShared, view.Query, MayChange: true);
            },
            cancellationToken);
    }

    public async Task<Result<SavedViewItem>> UpdateAsync(long id, SavedViewPatch patch, CancellationToken cancellationToken)
    {
        if (Refuse(patch) is { } refusal)
        {
            return refusal;
        }

        return await writer.WriteAsync<SavedViewItem>(
            async db =>
            {
                var (view, error) = await FindToChangeAsync(db, id);
                if (view is null)
                {
                    return error!;
                }

                Apply(patch, view);
                await db.SaveChangesAsync();
                return new SavedViewItem(view.Id, view.Name, view.IsShared, view.Query, MayChange: true);
            },
            cancellationToken);
    }

    public async Task<Result<Done>> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var (view, error) = await FindToChangeAsync(db, id);
                if (view is null)
                {
                    return error!;
                }

                db.SavedViews.Remove(view);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    // Another user's private view counts as missing.
    private async Task<(SavedView? View, AppError? Error)> FindToChangeAsync(AppDbContext db, long id)
    {
        var me = UserId;
        var view = await db.SavedViews.SingleOrDefaultAsync(v => v.Id == id && (v.OwnerId == me || v.IsShared));
        return view is null ? (null, SavedViewErrors.NotFound)
            : view.OwnerId == me || MayChangeShared ? (view, null)
            : (null, new ForbiddenError(Permissions.UsersManage));
    }

    private AppError? Refuse(SavedViewPatch patch)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        if (patch.IsShared is { IsGiven: true, Value: true } && tenant.Require(Permissions.ContactsWrite) is { } unshared)
        {
            return unshared;
        }

        var errors = new FieldErrors();
        if (patch.Name.IsGiven)
        {
            TextRule.Check(errors, "name", patch.Name.Value, SavedView.NameMaxLength, SavedViewErrors.NameRequired);
        }

        if (patch.Query is { IsGiven: true, Value: var query }
            && (TextRule.IsTooLong(query, SavedView.QueryMaxLength) || !TextRule.IsStorable(query)))
        {
            errors.Add("query", SavedViewErrors.TooLong);
        }

        return errors.Any ? new ValidationError(errors) : null;
    }

    private static void Apply(SavedViewPatch patch, SavedView view)
    {
        if (patch.Name.IsGiven)
        {
            view.Name = patch.Name.Value.Trim();
        }

        view.IsShared = patch.IsShared.Or(view.IsShared);
        view.Query = patch.Query.Or(view.Query);
    }
}
