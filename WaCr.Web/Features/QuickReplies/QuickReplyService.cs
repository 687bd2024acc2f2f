using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.QuickReplies;

/// <summary>The workspace's quick replies: used by everybody who may reply, changed by those who manage channels.</summary>
public sealed class QuickReplyService(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>Limited because all are loaded at once.</summary>
    public const int Most = 200;

    /// <summary>Ordered by shortcut.</summary>
    public async Task<Result<IReadOnlyList<QuickReplyItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.QuickReplies.AsNoTracking().OrderBy(reply => reply.Shortcut).Take(Most)
            .Select(reply => new QuickReplyItem(reply.Id, reply.Shortcut, reply.Text)).ToListAsync(cancellationToken);
    }

    /// <param name="id">Null creates one.</param>
    /// <param name="shortcut">With or without the slash; stored in lower case.</param>
    public async Task<Result<QuickReplyItem>> SaveAsync(long? id, string shortcut, string text, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var (word, answer) = (shortcut.Trim().TrimStart('/').ToLowerInvariant(), text.Trim());
        if (Check(word, answer) is { Any: true } errors)
        {
            return new ValidationError(errors);
        }

        return await writer.WriteAsync<QuickReplyItem>(
            async db =>
            {
                if (await db.QuickReplies.AnyAsync(other => other.Shortcut == word && other.Id != id))
                {
                    return new ValidationError(QuickReplyFields.Shortcut, QuickReplyErrors.ShortcutTaken);
                }

                var reply = id is null ? new QuickReply() : await db.QuickReplies.SingleOrDefaultAsync(known => known.Id == id);
                if (reply is null)
                {
                    return QuickReplyErrors.NotFound;
                }

                if (id is null)
                {
                    await db.LockCountAsync(nameof(db.QuickReplies));
                    if (await db.QuickReplies.CountAsync() >= Most)
                    {
                        return new ValidationError(QuickReplyFields.Shortcut, QuickReplyErrors.TooMany);
                    }

                    db.QuickReplies.Add(reply);
                }

                (reply.Shortcut, reply.Text) = (word, answer);
                await db.SaveChangesAsync();
                return new QuickReplyItem(reply.Id, reply.Shortcut, reply.Text);
            },
            cancellationToken);
    }

    public async Task<Result<Done>> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
                await db.QuickReplies.Where(reply => reply.Id == id).ExecuteDeleteAsync() == 1 ? default(Done) : QuickReplyErrors.NotFound,
            cancellationToken);
    }

    private static FieldErrors Check(string shortcut, string text)
    {
        var errors = new FieldErrors();
        if (TextRule.Check(errors, QuickReplyFields.Shortcut, shortcut, QuickReply.ShortcutMaxLength, QuickReplyErrors.ShortcutRequired)
            is { } word
            && !QuickReply.IsShortcut(word))
        {
            errors.Add(QuickReplyFields.Shortcut, QuickReplyErrors.ShortcutInvalid);
        }

        TextRule.Check(errors, QuickReplyFields.Text, text, QuickReply.TextMaxLength, QuickReplyErrors.TextRequired);
        return errors;
    }
}
