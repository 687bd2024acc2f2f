using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Uploads the file of a campaign's header to WhatsApp, once when the campaign starts.</summary>
public sealed class CampaignUploads(
    FileStore store, IDbContextFactory<AppDbContext> contexts, ChannelDirectory channels, OutgoingFiles outgoing)
{
    /// <summary>The values with the file's id at WhatsApp, which belongs to the channel; the same if there is no file to upload.</summary>
    internal async Task<Result<IReadOnlyDictionary<string, CampaignValue>>> UploadAsync(
        IReadOnlyDictionary<string, CampaignValue> values, long channelId)
    {
        var uploaded = new Dictionary<string, CampaignValue>(values, StringComparer.Ordinal);
        foreach (var (field, value) in values)
        {
            if (value.File is { } file && file.ChannelId != channelId)
            {
                var id = await UploadAsync(file, channelId);
                if (!id.Succeeded)
                {
                    return id.Error;
                }

                uploaded[field] = value with { File = file with { WhatsAppId = id.Value, ChannelId = channelId } };
            }
        }

        return uploaded;
    }

    private async Task<Result<string>> UploadAsync(CampaignFile file, long channelId)
    {
        var channel = await channels.OpenAsync(channelId, CancellationToken.None);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        await using var db = await contexts.CreateDbContextAsync();
        var kept = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(row => row.Id == file.Id);
        if (kept is null || FileType.All.FirstOrDefault(type => type.ContentType == kept.ContentType) is not { } type
            || store.OpenRead(kept.Hash) is not { } content)
        {
            return FileQueries.NotFound;
        }

        await using (content)
        {
            var uploaded = await outgoing.UploadAsync(
                channel.Value, new OutgoingFile("", type.Kind, null, new FileInput(content, file.Name), file.Name), CancellationToken.None);
            return uploaded.Succeeded ? uploaded.Value.WhatsAppId : uploaded.Error;
        }
    }
}
