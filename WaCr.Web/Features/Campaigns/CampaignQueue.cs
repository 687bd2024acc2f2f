using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Writes one chunk of a campaign's recipients into the outbox. Runs inside a write.</summary>
internal sealed class CampaignQueue(AppDbContext db, CampaignContent content, TimeProvider time)
{
    /// <summary>Keeps each write at some tens of milliseconds, because other writers wait for it.</summary>
    public const int ChunkSize = 500;

    /// <summary>Adds the next chunk; returns how many were queued and how many excluded.</summary>
    public async Task<(int Queued, int Excluded)> AddAsync(Campaign campaign)
    {
        var chunk = db.CampaignChunks.Where(c => c.CampaignId == campaign.Id && c.Number == campaign.ChunksDone);
        var ids = JsonSerializer.Deserialize<List<long>>(await chunk.Select(c => c.ContactIds).SingleAsync())!;
        var channelId = campaign.ChannelId!.Value;
        var verdicts = await new CampaignRecipients(db, content, channelId, campaign.Id).EvaluateAsync(ids, null, CancellationToken.None);

        var recipients = verdicts.Where(verdict => verdict.Message is not null).ToList();
        var conversations = await OpenConversationsAsync(recipients, channelId);
        await AddMessagesAsync(campaign, recipients, conversations);
        await db.BulkInsertAsync([.. verdicts.Where(verdict => verdict.Excluded is not null).Select(verdict => new CampaignExclusion
        {
            TenantId = campaign.TenantId,
            CampaignId = campaign.Id,
            ContactId = verdict.ContactId,
            Reason = verdict.Excluded!.Value,
        })]);
        await chunk.ExecuteDeleteAsync();
        return (recipients.Count, verdicts.Count - recipients.Count);
    }

    private async Task<Dictionary<long, long>> OpenConversationsAsync(List<Verdict> recipients, long channelId)
    {
        var now = time.GetUtcNow();
        var known = recipients.Where(verdict => verdict.ConversationId is not null)
            .ToDictionary(verdict => verdict.ContactId, verdict => verdict.ConversationId!.Value);
        var withoutConversation = recipients.Where(verdict => verdict.ConversationId is null).ToList();
        var ids = withoutConversation.Count == 0
            ? []
            : await db.ReserveIdsAsync(nameof(db.Conversations), withoutConversation.Count, CancellationToken.None);
        await db.BulkInsertAsync([.. withoutConversation.Select((verdict, i) => new Conversation
        {
            Id = ids[i],
            TenantId = db.CurrentTenantId,
            ChannelId = channelId,
            ContactId = verdict.ContactId,
            AssignedId = verdict.Contact!.Addressee.AssignedId,
            LastMessageAt = Conversation.BroadcastsOnly,
            CreatedAt = now,
            UpdatedAt = now,
        })]);
        for (var i = 0; i < withoutConversation.Count; i++)
        {
            known[withoutConversation[i].ContactId] = ids[i];
        }

        return known;
    }

    private async Task AddMessagesAsync(Campaign campaign, List<Verdict> recipients, Dictionary<long, long> conversations)
    {
        if (recipients.Count == 0)
        {
            return;
        }

        var now = time.UtcNowInSeconds();
        var ids = await db.ReserveIdsAsync(nameof(db.Messages), recipients.Count, CancellationToken.None);
        await db.BulkInsertAsync(
            [.. recipients.Select((verdict, i) => RowOf(campaign, verdict, conversations[verdict.ContactId], ids[i], now))]);
        await db.BulkInsertAsync(
        [
            .. recipients.Zip(ids).Where(sent => sent.First.Message!.File is not null).Select(sent => new MessageMedia
            {
                TenantId = campaign.TenantId,
                MessageId = sent.Second,
                MediaFileId = sent.First.Message!.File!.Id,
                State = MediaState.Stored,
                WhatsAppId = sent.First.Message.File.WhatsAppId,
                FileName = sent.First.Message.File.Name,
            }),
        ]);
    }

    private static Message RowOf(Campaign campaign, Verdict verdict, long conversationId, long id, DateTimeOffset now)
    {
        var row = Message.Outgoing(conversationId, campaign.ChannelId!.Value, verdict.ContactId, MessageType.Template);
        row.Id = id;
        row.TenantId = campaign.TenantId;
        row.CampaignId = campaign.Id;
        row.TemplateName = campaign.TemplateName;
        row.TemplateLanguage = verdict.Message!.Language;
        row.State = OutboxState.Held;
        row.CreatedAt = now;
        row.UpdatedAt = now;
        row.Url = verdict.Message.File is { } file ? FileQueries.PathOf(file.Id) : null;
        row.Text = verdict.Message.Text;
        row.Content = StoredContent.Of(verdict.Message.Content).Json;
        return row;
    }
}
