using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Idempotency;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Features.Comments;

public sealed class CommentService(
    IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant, RemoteFiles remote, FileStore files,
    OnceWriter once)
{
    /// <summary>Adds a comment to a conversation by id.</summary>
    public async Task<Result<Done>> AddAsync(long conversationId, string text, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CommentsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var comment = Check(new AddComment { Text = text }, out var errors);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var added = await writer.WriteAsync<Done>(
            async db =>
            {
                if (!await db.Conversations.AnyAsync(conversation => conversation.Id == conversationId))
                {
                    return CommentConversations.NotFound;
                }

                var row = NewRow(conversationId, comment);
                await KeepAsync(db, row);
                return default(Done);
            },
            cancellationToken);
        return added;
    }

    public async Task<Result<AddedComment>> AddAsync(string mobile, AddComment input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CommentsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var comment = Check(input, out var errors);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        if (once.Recall<AddedComment>() is { } kept)
        {
            return kept;
        }

        if (await FindAsync(mobile, cancellationToken) is not { } conversation)
        {
            return CommentConversations.NotFound;
        }

        StoredFile? stored = null;
        if (comment.Url is { } url)
        {
            var fetched = await FetchAsync(url, cancellationToken);
            if (!fetched.Succeeded)
            {
                return fetched.Error;
            }

            (stored, comment.FileName) = fetched.Value;
        }

        return await once.WriteAsync<AddedComment, AddedComment>(
            async db =>
            {
                var row = NewRow(conversation.Id, comment);
                row.MediaFileId = stored is null ? null : await FileStore.RecordAsync(db, stored);
                await KeepAsync(db, row);
                var sender = TextKey.Digits(conversation.SenderNumber);
                return new AddedComment(
                    row.Id, tenant.TenantId, conversation.Id, sender.Length == 0
                        ? null
                        : sender, row.StatusMessage, row.Url, row.MessageId, row.RefMessageId);
            },
            comment => comment,
            cancellationToken);
    }

    private static async Task KeepAsync(AppDbContext db, Comment row)
    {
        db.Comments.Add(row);
        await MentionAsync(db, row);
        await db.SaveChangesAsync();
        await CommentEvents.NoteAsync(db, row);
    }

    private Comment NewRow(long conversationId, Draft comment) => new()
    {
        ConversationId = conversationId,
        Text = comment.Text,
        StatusMessage = comment.StatusMessage,
        FileName = comment.FileName,
        Url = comment.Url,
        MessageId = comment.MessageId,
        RefMessageId = comment.RefMessageId,
        StaffId = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
    };

    /// <summary>Notifies the users mentioned, except the author.</summary>
    private static async Task MentionAsync(AppDbContext db, Comment comment)
    {
        if (!comment.Text.Contains('@'))
        {
            return;
        }

        var people = await db.Memberships.AsNoTracking().Where(member => member.IsActive && member.UserId != comment.StaffId)
            .Select(member => new { member.UserId, member.User!.Name }).ToListAsync();
        var named = Mentions.In(comment.Text, people.Select(person => (person.UserId, person.Name)));
        await NotificationWriter.AddMentionsAsync(db, named, comment.ConversationId, comment.StaffId, comment.Text);
    }

    private static Draft Check(AddComment input, out FieldErrors errors)
    {
        errors = new FieldErrors().AddAll(input.Unreadable);
        var draft = new Draft
        {
            Text = TextRule.Check(errors, CommentFields.Text, input.Text, AddComment.TextMaxLength, CommentErrors.TextRequired) ?? "",
            StatusMessage = TextRule.Check(errors, CommentFields.StatusMessage, input.StatusMessage, AddComment.StatusMessageMaxLength)
                ?? AddComment.DefaultStatusMessage,
            Url = TextRule.Check(errors, CommentFields.MediaUrl, input.MediaUrl, RemoteFiles.UrlMaxLength),
            MessageId = TextRule.Check(errors, CommentFields.MessageId, input.MessageId, AddComment.ReferenceMaxLength),
            RefMessageId = TextRule.Check(errors, CommentFields.RefMessageId, input.RefMessageId, AddComment.ReferenceMaxLength),
        };
        return draft;
    }

    private async Task<CommentConversation?> FindAsync(string mobile, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CommentConversations.FindAsync(db, mobile, tenant.Tenant.Country, cancellationToken);
    }

    private async Task<Result<(StoredFile, string?)>> FetchAsync(string url, CancellationToken cancellationToken)
    {
        await using var draft = files.OpenDraft();
        var fetched = await remote.DownloadAsync(
            CommentFields.MediaUrl, url, FileType.MaxBytesOf(FileKind.Document), draft, cancellationToken);
        if (!fetched.Succeeded)
        {
            return fetched.Error;
        }

        var name = fetched.Value.FileName;
        return (await files.KeepAsync(draft, name, cancellationToken), name);
    }

    private sealed class Draft
    {
        public required string Text { get; init; }
        public required string StatusMessage { get; init; }
        public required string? Url { get; init; }
        public required string? MessageId { get; init; }
        public required string? RefMessageId { get; init; }
        public string? FileName { get; set; }
    }
}
