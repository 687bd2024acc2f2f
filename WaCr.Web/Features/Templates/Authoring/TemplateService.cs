using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>
/// Makes, changes and deletes templates at WhatsApp, after its rules were checked here. WhatsApp reviews each text; its decision comes
/// later.
/// </summary>
public sealed class TemplateService(
    IWhatsAppClient whatsApp, TemplateCalls calls, TemplateSamples samples, IDbContextFactory<AppDbContext> contexts,
    IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    private const int NotFoundThere = 2593002;

    /// <summary>Submits a new template for review.</summary>
    public async Task<Result<TemplateDetails>> CreateAsync(TemplatePatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        var template = Authored(patch, null);
        if (new FieldErrors().AddAll(patch.Unreadable).AddAll(TemplateRules.Check(template)) is { Any: true } errors)
        {
            return new ValidationError(WithoutRepeats(errors, patch.Unreadable));
        }

        var opened = await calls.OpenAsync(patch.ChannelId.Or(null), cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var (name, language, account) = (template.Name!.Trim(), template.Language!, opened.Value.Access.BusinessAccountId);
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Templates.AnyAsync(row => row.BusinessAccountId == account && row.Name == name && row.Language == language, cancellationToken))
            {
                return new ValidationError(TemplateAuthoringFields.Name, TemplateRuleErrors.NameTaken);
            }
        }

        var components = await samples.ResolveAsync(opened.Value, template.Components, cancellationToken);
        if (!components.Succeeded)
        {
            return components.Error;
        }

        var submission = new TemplateSubmission(
            name, language, template.Category!, template.ParameterFormat!, components.Value, template.MessageSendTtlSeconds);
        var created = await calls.AskAsync(opened.Value, () => whatsApp.CreateTemplateAsync(opened.Value.Access, submission, CancellationToken.None));
        if (!created.Succeeded)
        {
            return created.Error;
        }

        var answer = created.Value;
        var sent = new TemplateDescription(
            answer.Id, name, language, answer.Status, answer.Category, submission.ParameterFormat, submission.MessageSendTtlSeconds,
            submission.Components);
        var stored = await StoreAsync(opened.Value, sent, AuditAction.Created, _ => { });
        return stored;
    }

    /// <summary>Changes category, components or time to deliver; what is not given stays. A new text is reviewed again.</summary>
    /// <param name="id">WhatsApp's id, or ours.</param>
    public async Task<Result<TemplateDetails>> UpdateAsync(string id, TemplatePatch patch, CancellationToken cancellationToken)
    {
        var found = await calls.FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var row = found.Value;
        var template = Authored(patch, row);
        if (CheckEdit(patch, row, template) is { } refusal)
        {
            return refusal;
        }

        var opened = await calls.OpenAsync(row, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        JsonElement? components = null;
        if (patch.Components.IsGiven)
        {
            var resolved = await samples.ResolveAsync(opened.Value, template.Components, cancellationToken);
            if (!resolved.Succeeded)
            {
                return resolved.Error;
            }

            components = resolved.Value;
        }

        var edit = new TemplateEdit(
            template.Category == row.Category ? null : template.Category, components, (int?)patch.MessageSendTtlSeconds.Or(null));
        var edited = await calls.AskAsync(opened.Value, () => whatsApp.EditTemplateAsync(opened.Value.Access, row.WhatsAppId, edit, CancellationToken.None));
        if (!edited.Succeeded)
        {
            return edited.Error;
        }

        var sent = new TemplateDescription(
            row.WhatsAppId, row.Name, row.Language, edit is { Category: null, Components: null } ? row.Status : "PENDING",
            template.Category!, row.ParameterFormat, template.MessageSendTtlSeconds, components ?? JsonElement.Parse(row.Components));
        return await StoreAsync(opened.Value, sent, AuditAction.Updated, changed =>
        {
            if (edit.Components is not null)
            {
                changed.NoteEdit(time.GetUtcNow());
            }

            changed.UpdatedAt = time.GetUtcNow();
        });
    }

    /// <summary>Deletes one language; it cannot be made anew under its name for 30 days.</summary>
    public Task<Result<Done>> DeleteAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        _ => null,
        async (channel, row) =>
        {
            var deleted = await whatsApp.DeleteTemplateAsync(channel, row.Name, row.WhatsAppId, CancellationToken.None);
            return deleted.Error is WhatsAppRefused { Subcode: NotFoundThere } ? default(Done) : deleted; // gone there already
        },
        AuditAction.Deleted,
        (db, row) => db.Templates.Remove(row),
        cancellationToken);

    /// <summary>Asks WhatsApp to send a paused template again.</summary>
    public Task<Result<Done>> UnpauseAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        row => row.Status == "PAUSED" ? null : new TemplateStateError(row.Status),
        (channel, row) => whatsApp.UnpauseTemplateAsync(channel, row.WhatsAppId, CancellationToken.None),
        AuditAction.Updated,
        (_, row) => (row.Status, row.RejectedReason, row.UpdatedAt) = (Template.Approved, null, time.GetUtcNow()),
        cancellationToken);

    /// <summary>Archives a template, which cannot be sent then, or takes it back.</summary>
    public Task<Result<Done>> ArchiveAsync(string id, bool archived, CancellationToken cancellationToken) => ChangeAsync(
        id,
        row => archived == (row.Status == Template.Archived) ? new TemplateStateError(row.Status) : null,
        (channel, row) => whatsApp.ArchiveTemplatesAsync(channel, [row.WhatsAppId], archived, CancellationToken.None),
        AuditAction.Updated,
        (_, row) => (row.Status, row.UpdatedAt) = (archived ? Template.Archived : Template.Approved, time.GetUtcNow()),
        cancellationToken);

    private async Task<Result<Done>> ChangeAsync(
        string id, Func<Template, AppError?> check, Func<WhatsAppChannel, Template, Task<Result<Done>>> ask, AuditAction action,
        Action<AppDbContext, Template> change, CancellationToken cancellationToken)
    {
        var found = await calls.FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (check(found.Value) is { } refusal)
        {
            return refusal;
        }

        var opened = await calls.OpenAsync(found.Value, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var asked = await calls.AskAsync(opened.Value, () => ask(opened.Value.Access, found.Value));
        return !asked.Succeeded ? asked.Error : await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.Templates.SingleOrDefaultAsync(row => row.Id == found.Value.Id) is { } row)
                {
                    change(db, row);
                    db.AuditEntries.Add(calls.Audit(action, row));
                    await db.SaveChangesAsync();
                }

                return default(Done);
            },
            CancellationToken.None);
    }

    private AppError? CheckEdit(TemplatePatch patch, Template row, AuthoredTemplate template)
    {
        var errors = new FieldErrors().AddAll(patch.Unreadable);
        foreach (var (field, given, own) in new[]
        {
            (TemplateAuthoringFields.Name, patch.Name, row.Name), (TemplateAuthoringFields.Language, patch.Language, row.Language),
            (TemplateAuthoringFields.ParameterFormat, patch.ParameterFormat, row.ParameterFormat ?? "POSITIONAL"),
        })
        {
            if (given is { IsGiven: true } && !string.Equals(given.Value?.Trim(), own, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(field, TemplateRuleErrors.NameFixed);
            }
        }

        if (row.Status == Template.Approved && template.Category != row.Category)
        {
            errors.Add(TemplateAuthoringFields.Category, TemplateRuleErrors.CategoryFixed);
        }

        var rules = TemplateRules.CheckContent(template);
        errors.AddAll(patch.Components.IsGiven ? rules : rules.Only([TemplateAuthoringFields.Category, TemplateAuthoringFields.Ttl]));
        if (errors.Any)
        {
            return new ValidationError(WithoutRepeats(errors, patch.Unreadable));
        }

        return row.Status is not (Template.Approved or "REJECTED" or "PAUSED") ? new TemplateStateError(row.Status)
            : row.Status == Template.Approved && patch.Components.IsGiven && row.NextEditAt(time.GetUtcNow()) is { } possible
                ? new TemplateEditLimitError(possible)
                : null;
    }

    /// <summary>Stores what WhatsApp has now, or what was sent if it cannot be asked.</summary>
    private async Task<Result<TemplateDetails>> StoreAsync(
        OpenChannel channel, TemplateDescription sent, AuditAction action, Action<Template> change)
    {
        var asked = await whatsApp.FindTemplateAsync(channel.Access, sent.Id, CancellationToken.None);
        var template = asked.Succeeded && asked.Value.Id == sent.Id && asked.Value.Name == sent.Name ? asked.Value : sent;
        return await writer.WriteAsync<TemplateDetails>(
            async db =>
            {
                var row = await TemplateRows.PutAsync(db, template, channel.Access.BusinessAccountId, time.GetUtcNow());
                change(row);
                await db.SaveChangesAsync();
                db.AuditEntries.Add(calls.Audit(action, row));
                await db.SaveChangesAsync();
                return TemplateDetails.Of(row);
            },
            CancellationToken.None);
    }

    private static AuthoredTemplate Authored(TemplatePatch patch, Template? row) => new(
        row?.Name ?? patch.Name.Or(null),
        row?.Language ?? patch.Language.Or(null)?.Trim(),
        patch.Category.Or(null)?.Trim().ToUpperInvariant() ?? row?.Category,
        row is null ? patch.ParameterFormat.Or(null)?.Trim().ToUpperInvariant() ?? "POSITIONAL" : row.ParameterFormat,
        patch.Components.Or(default),
        patch.MessageSendTtlSeconds.Or(null) is { } ttl ? (int)Math.Clamp(ttl, int.MinValue, int.MaxValue) : row?.MessageSendTtlSeconds);

    // A field that could not be read was told already, so that it lacks is no news.
    private static FieldErrors WithoutRepeats(FieldErrors errors, FieldErrors unreadable) => !unreadable.Any
        ? errors
        : errors.Without([.. unreadable.Select(field => field.Key)]).AddAll(unreadable);
}
