using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>
/// What every change of a template needs: its row, a number of its account, WhatsApp's answer as our error, the audit entry.
/// </summary>
public sealed class TemplateCalls(
    ChannelDirectory channels, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private static readonly NotFoundError NotFound = new("template.not_found", "Template not found");

    internal static TemplateRefusedError Refused(WhatsAppRefused refused) => new(
        refused.KnownCode, refused.Subcode, refused.UserTitle ?? refused.Title, refused.UserMessage ?? refused.Message);

    internal async Task<Result<Template>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Templates.AsNoTracking().FindAsync(id, cancellationToken) is { } row ? row : NotFound;
    }

    internal async Task<Result<OpenChannel>> OpenAsync(long? channelId, CancellationToken cancellationToken)
    {
        if (channelId is null)
        {
            return await channels.ListAccountsAsync(cancellationToken) is [var first, ..]
                ? await channels.OpenAsync(first, cancellationToken)
                : new WhatsAppNotConfiguredError();
        }

        var opened = await channels.OpenAsync(channelId.Value, cancellationToken);
        return opened is { Succeeded: true, Value.Access.BusinessAccountId.Length: > 0 }
            ? opened
            : new ValidationError(TemplateAuthoringFields.Channel, TemplateRuleErrors.ChannelUnknown);
    }

    /// <summary>A number of the template's account.</summary>
    internal async Task<Result<OpenChannel>> OpenAsync(Template row, CancellationToken cancellationToken)
    {
        foreach (var channelId in await channels.ListAccountsAsync(cancellationToken))
        {
            var opened = await channels.OpenAsync(channelId, cancellationToken);
            if (opened.Succeeded && opened.Value.Access.BusinessAccountId == row.BusinessAccountId)
            {
                return opened;
            }
        }

        return new WhatsAppNotConfiguredError();
    }

    internal async Task<Result<T>> AskAsync<T>(OpenChannel channel, Func<Task<Result<T>>> ask)
    {
        var answer = await ask();
        await channels.NoteAsync(channel, answer.Error);
        return answer.Error switch
        {
            WhatsAppRefused { Kind: not GraphErrorKind.CredentialRefused } refused => Refused(refused),
            WhatsAppUncertain => new TemplateUncertainError(),
            _ => answer,
        };
    }

    internal AuditEntry Audit(AuditAction action, Template row) => AuditTrail.Event(
        action,
        AuditEntry.TemplateType,
        row.Id,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [TemplateAuthoringFields.Name] = row.Name,
            [TemplateAuthoringFields.Language] = row.Language,
            [TemplateAuthoringFields.Category] = row.Category,
            ["status"] = row.Status,
        },
        tenant,
        time.GetUtcNow());
}
