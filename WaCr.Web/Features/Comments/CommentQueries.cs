using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Comments;

public sealed class CommentQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>Comments of the conversation with that phone number, newest first.</summary>
    public async Task<Result<IReadOnlyList<CommentItem>>> ListAsync(string mobile, PageRequest page, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CommentsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CommentConversations.FindAsync(db, mobile, tenant.Tenant.Country, cancellationToken) is not { } conversation)
        {
            return CommentConversations.NotFound;
        }

        var rows = await db.Comments
            .AsNoTracking()
            .Where(comment => comment.ConversationId == conversation.Id)
            .OrderByDescending(comment => comment.CreatedAt).ThenByDescending(comment => comment.Id)
            .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size)
            .Select(comment => new
            {
                Comment = comment,
                ContentType = db.MediaFiles.Where(file => file.Id == comment.MediaFileId).Select(file => file.ContentType).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new CommentItem(
            row.Comment.Id, CommentText.Harmless(row.Comment.Text), TypeOf(row.ContentType), row.Comment.StatusMessage, row.Comment.Url,
            row.Comment.MessageId, row.Comment.RefMessageId, row.Comment.StaffId, row.Comment.CreatedAt));
    }

    private static string TypeOf(string? contentType) => contentType?.Split('/')[0] switch
    {
        null => "text",
        "image" => "image",
        "video" => "video",
        "audio" => "audio",
        _ => "document",
    };
}
