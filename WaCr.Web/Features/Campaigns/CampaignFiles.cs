using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Keeps the file of a campaign's header; <see cref="CampaignUploads"/> brings it to WhatsApp.</summary>
public sealed class CampaignFiles(FileStore store, IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <summary>Keeps a file that <see cref="FileStore.OpenDraft"/> holds, for <see cref="CampaignValue.File"/>.</summary>
    public async Task<Result<CampaignFile>> KeepAsync(Stream draft, string name, FileKind kind, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var given = new OutgoingFile("", kind, null, new FileInput(draft, name), null);
        if (await OutgoingFiles.CheckAsync(given, cancellationToken) is { } unfit)
        {
            return unfit;
        }

        var stored = await store.KeepAsync(draft, name, cancellationToken);
        var id = await writer.WriteAsync<long>(
            async db =>
            {
                // Nothing references it until the draft is saved; the sweeper counts from now, also for bytes that were here before.
                var id = await FileStore.RecordAsync(db, stored);
                return await db.MediaFiles.Where(file => file.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(file => file.CreatedAt, time.GetUtcNow()), CancellationToken.None) == 1
                    ? id
                    : throw new DbUpdateConcurrencyException("The file was deleted since it was read.");
            },
            cancellationToken);
        return id.Succeeded ? new CampaignFile(id.Value, OutgoingFiles.NameOf(name, stored.Type!)) : id.Error;
    }
}
