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

        return await Read(db, db.Comments.Where(comment => comment.ConversationId == conversation.Id)
            .OrderByDescending(comment => comment.CreatedAt).ThenByDescending(comment => comment.Id)
            .Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size)).ToListAsync(cancellationToken);
    }

    internal static Task<CommentItem> FindAsync(AppDbContext db, long id) =>
        Read(db, db.Comments.Where(comment => comment.Id == id)).SingleAsync();

    private static IQueryable<CommentItem> Read(AppDbContext db, IQueryable<Comment> comments) => comments.AsNoTracking().Select(comment =>
        new CommentItem(
            comment.Id, CommentText.Harmless(comment.Text),
            TypeOf(db.MediaFiles.Where(file => file.Id == comment.MediaFileId).Select(file => file.ContentType).FirstOrDefault()),
            comment.StatusMessage, comment.Url, comment.MessageId, comment.RefMessageId, comment.StaffId, comment.CreatedAt));

    private static string TypeOf(string? contentType) => contentType?.Split('/')[0] switch
    {
        null => "text",
        "image" => "image",
        "video" => "video",
        "audio" => "audio",
        _ => "document",
    };
}
