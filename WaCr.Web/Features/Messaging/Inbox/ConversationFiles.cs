using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

internal static class ConversationFiles
{
    /// <summary>The files of these messages, by message id.</summary>
    public static Task<Dictionary<long, ConversationFile>> OfAsync(
        AppDbContext db, List<long> messageIds, CancellationToken cancellationToken) =>
        db.MessageMedia.Where(media => messageIds.Contains(media.MessageId))
            .Select(media => new
            {
                media.MessageId,
                File = new ConversationFile(
                    media.MediaFileId, media.State, media.FileName,
                    db.MediaFiles.Where(file => file.Id == media.MediaFileId).Select(file => file.ContentType).FirstOrDefault(),
                    db.MediaFiles.Where(file => file.Id == media.MediaFileId).Select(file => file.Size).FirstOrDefault(), media.IsVoice),
            })
            .ToDictionaryAsync(media => media.MessageId, media => media.File, cancellationToken);
}
