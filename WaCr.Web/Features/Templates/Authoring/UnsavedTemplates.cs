using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>A draft in the list; <paramref name="TemplateId"/> is null for a new template.</summary>
public sealed record UnsavedTemplateItem(long Id, long? TemplateId, string Name, DateTimeOffset KeptAt);

/// <summary>A draft to go on with.</summary>
public sealed record UnsavedTemplateDetails(long Id, long? TemplateId, TemplateDesign Design, DateTimeOffset KeptAt);

/// <summary>
/// What the current user wrote of templates and did not submit. Private to the user; any number of new ones, one per edited template.
/// </summary>
public sealed class UnsavedTemplates(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int MaxListed = 50;

    /// <summary>The user's new templates, newest first.</summary>
    public async Task<Result<IReadOnlyList<UnsavedTemplateItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Own(db).Where(draft => draft.TemplateId == null).OrderByDescending(draft => draft.Id).Take(MaxListed)
            .Select(draft => new UnsavedTemplateItem(draft.Id, draft.TemplateId, draft.Name, draft.KeptAt)).ToListAsync(cancellationToken);
    }

    public async Task<Result<UnsavedTemplateDetails?>> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Own(db).SingleOrDefaultAsync(draft => draft.Id == id, cancellationToken));
    }

    /// <summary>The draft of an edit of this template.</summary>
    public async Task<Result<UnsavedTemplateDetails?>> FindForAsync(long templateId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await Own(db).SingleOrDefaultAsync(draft => draft.TemplateId == templateId, cancellationToken));
    }

    /// <summary>Writes the draft and returns its id.</summary>
    /// <param name="id">Null begins one, or takes up the one that this template has.</param>
    public async Task<Result<long>> KeepAsync(long? id, long? templateId, TemplateDesign design, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (tenant.Actor is not { Kind: ActorKind.User, Id: { } userId })
        {
            return 0; // the actor is no user, so nobody could go on with it
        }

        var text = JsonSerializer.Serialize(design);
        return await writer.WriteAsync<long>(
            async db =>
            {
                var now = time.GetUtcNow();
                await db.UnsavedTemplates.Where(draft => draft.KeptAt <= now - KeptFor).ExecuteDeleteAsync();
                if (templateId is not null && !await db.Templates.AnyAsync(template => template.Id == templateId))
                {
                    return new NotFoundError("template.not_found", "Template not found");
                }

                var draft = await Own(db, tracked: true).OrderBy(draft => draft.Id)
                    .FirstOrDefaultAsync(draft => id != null ? draft.Id == id : templateId != null && draft.TemplateId == templateId);
                if (draft is null)
                {
                    db.UnsavedTemplates.Add(draft = new UnsavedTemplate { UserId = userId, TemplateId = templateId });
                }

                (draft.Name, draft.Design, draft.KeptAt) = (design.Name.Cut(Template.NameMaxLength), text, now);
                await db.SaveChangesAsync();
                return draft.Id;
            },
            cancellationToken);
    }

    public async Task<Result<Done>> DropAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                await Own(db).Where(draft => draft.Id == id).ExecuteDeleteAsync();
                return default(Done);
            },
            cancellationToken);
    }

    private IQueryable<UnsavedTemplate> Own(AppDbContext db, bool tracked = false)
    {
        var userId = tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;
        var own = db.UnsavedTemplates.Where(draft => draft.UserId == userId);
        return tracked ? own : own.AsNoTracking();
    }

    private static UnsavedTemplateDetails? Read(UnsavedTemplate? draft) => draft is null
        ? null
        : new(draft.Id, draft.TemplateId, JsonSerializer.Deserialize<TemplateDesign>(draft.Design)!, draft.KeptAt);
}
