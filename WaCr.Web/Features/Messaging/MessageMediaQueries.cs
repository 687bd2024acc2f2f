using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Messaging;

/// <summary>The files of messages, by their message.</summary>
public sealed class MessageMediaQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, FileQueries files)
{
    public static NotFoundError NotHereYet => new("file.not_here_yet", "The file has not come from WhatsApp yet");

    public static NotFoundError Lost => new("file.lost", "WhatsApp did not hand over the file");

    /// <param name="idOrWamid">Our id of the message, or WhatsApp's.</param>
    public async Task<Result<OpenFile>> OpenAsync(string idOrWamid, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        if (idOrWamid.Length > Message.WamidMaxLength || !TextRule.IsStorable(idOrWamid))
        {
            return MessageErrors.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await MessageTargets.FindAsync(db, idOrWamid, cancellationToken) is not { } message)
        {
            return MessageErrors.NotFound;
        }

        var media = await db.MessageMedia.Where(media => media.MessageId == message.Id)
            .Select(media => new { media.MediaFileId, media.State }).SingleOrDefaultAsync(cancellationToken);
        return media switch
        {
            null => FileQueries.NotFound,
            { MediaFileId: { } file } => await files.OpenAsync(file, message.Id, cancellationToken),
            { State: MediaState.Waiting } => NotHereYet,
            _ => Lost,
        };
    }
}
