using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Channels;

/// <summary>Settings of the tenant's WhatsApp numbers. Stored secrets are never returned.</summary>
public sealed class ChannelService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ChannelSecrets secrets, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<ChannelDetails>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channels = await db.Channels.AsNoTracking().OrderBy(channel => channel.Id).ToListAsync(cancellationToken);
        var details = new List<ChannelDetails>(channels.Count);
        foreach (var channel in channels)
        {
            details.Add(await ToDetailsAsync(db, channel, cancellationToken));
        }

        return details;
    }

    public async Task<Result<ChannelDetails>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Channels.AsNoTracking().SingleOrDefaultAsync(channel => channel.Id == id, cancellationToken) is { } channel
            ? await ToDetailsAsync(db, channel, cancellationToken)
            : ChannelErrors.NotFound;
    }

    /// <param name="id">Null creates a channel.</param>
    public async Task<Result<ChannelDetails>> SaveAsync(long? id, ChannelPatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var draft = ChannelDraft.Read(patch, isNew: id is null);
        var kept = draft.Errors.Any ? null : EncryptedSecrets.Of(draft, secrets, tenant.TenantId); // outside the write, see ChannelSecrets
        var saved = await writer.WriteAsync<long>(db => SaveAsync(db, id, draft, kept), cancellationToken);
        return saved.Succeeded ? await GetAsync(saved.Value, cancellationToken) : saved.Error;
    }

    /// <summary>Dismisses a notice from everybody's banner; the settings still show it.</summary>
    public async Task<Result<Done>> DismissNoticeAsync(long newsId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();
        var dismissed = await writer.WriteAsync<int>(
            async db => await db.ChannelNotices.Where(notice => notice.Id == newsId && notice.DismissedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.DismissedAt, now)),
            cancellationToken);
        dismissed.OrThrow();
        return default(Done);
    }

    private async Task<Result<long>> SaveAsync(AppDbContext db, long? id, ChannelDraft draft, EncryptedSecrets? kept)
    {
        var channel = id is null ? new Channel() : await db.Channels.SingleOrDefaultAsync(c => c.Id == id);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var errors = await CheckAsync(db, channel, draft);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var now = time.GetUtcNow();
        var isOther = draft.ApplyTo(channel, now);
        kept!.ApplyTo(channel);
        channel.MarketingTermsSignedAt ??= await TermsOfAccountAsync(db, channel);

        // The first connection also fetches the templates.
        channel.DueAt = channel is not { AccessToken: not null, BusinessAccountId: not null } ? null
            : isOther ? now
            : channel.DueAt ?? now + Channel.TemplatesEvery;
        if (id is null)
        {
            db.Channels.Add(channel);
        }

        await db.SaveChangesAsync();
        await ChannelHealthRows.FollowAsync(db, channel, isOther, now);
        return channel.Id;
    }

    private static async Task<DateTimeOffset?> TermsOfAccountAsync(AppDbContext db, Channel channel) =>
        channel.BusinessAccountId is { } account
            ? await db.Channels.Where(other => other.BusinessAccountId == account && other.Id != channel.Id)
                .MaxAsync(other => other.MarketingTermsSignedAt)
            : null;

    private static async Task<FieldErrors> CheckAsync(AppDbContext db, Channel channel, ChannelDraft draft)
    {
        var errors = new FieldErrors().AddAll(draft.Errors);
        if (draft.PhoneNumberId.IsGiven)
        {
            // Compares only with the tenant's own channels, so other tenants' numbers are not revealed.
            var number = draft.PhoneNumberId.Value;
            if (await db.Channels.AnyAsync(other => other.PhoneNumberId == number && other.Id != channel.Id))
            {
                errors.Add(ChannelFields.PhoneNumberId, ChannelErrors.PhoneNumberIdTaken);
            }
        }

        if (draft.DefaultStatusId.Or(null) is { } status && !await db.Statuses.AnyAsync(s => s.Id == status))
        {
            errors.Add(ChannelFields.DefaultStatusId, ChannelErrors.StatusUnknown);
        }

        foreach (var (field, given) in new[]
        {
            (ChannelFields.DefaultSourceId, draft.DefaultSourceId), (ChannelFields.AdSourceId, draft.AdSourceId),
        })
        {
            if (given.Or(null) is { } source && !await db.Sources.AnyAsync(s => s.Id == source))
            {
                errors.Add(field, ChannelErrors.SourceUnknown);
            }
        }

        if (draft.DefaultAssignedId.Or(null) is { } user && !await db.Memberships.AnyAsync(m => m.UserId == user && m.IsActive))
        {
            errors.Add(ChannelFields.DefaultAssignedId, ChannelErrors.UserUnknown);
        }

        return errors;
    }

    private async Task<ChannelDetails> ToDetailsAsync(AppDbContext db, Channel channel, CancellationToken cancellationToken) => new()
    {
        Id = channel.Id,
        Name = channel.Name,
        PhoneNumberId = channel.PhoneNumberId,
        BusinessAccountId = channel.BusinessAccountId,
        DisplayPhoneNumber = channel.DisplayPhoneNumber,
        VerifiedName = channel.VerifiedName,
        HasAccessToken = channel.AccessToken is not null,
        HasAppSecret = channel.AppSecret is not null,
        VerifyToken = secrets.Reveal(tenant.TenantId, ChannelSecrets.VerifyToken, channel.VerifyToken) ?? "",
        DefaultStatusId = channel.DefaultStatusId,
        DefaultSourceId = channel.DefaultSourceId,
        AdSourceId = channel.AdSourceId,
        DefaultAssignedId = channel.DefaultAssignedId,
        OptOutWords = channel.OptOutWords,
        CredentialRefusedAt = channel.CredentialRefusedAt,
        CredentialError = channel.CredentialError,
        PausedAt = channel.PausedAt,
        MessagesPerSecond = channel.MessagesPerSecond,
        SendsReadReceipts = channel.SendsReadReceipts,
        MarketingStoppedAt = channel.MarketingStoppedAt,
        MarketingStopReason = channel.MarketingStopReason,
        MarketingTermsSignedAt = channel.MarketingTermsSignedAt,
        HeardAt = await db.WebhookEvents.Where(e => e.ChannelId == channel.Id)
            .MaxAsync(e => (DateTimeOffset?)e.ReceivedAt, cancellationToken),
        Health = await HealthOfAsync(db, channel.Id, cancellationToken),
        Notices = await ChannelAlertQueries.NoticeItemsOf(db, db.ChannelNotices.Where(notice => notice.ChannelId == channel.Id))
            .ToListAsync(cancellationToken),
    };

    private async Task<ChannelHealthDetails?> HealthOfAsync(AppDbContext db, long channelId, CancellationToken cancellationToken) =>
        await db.ChannelHealths.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ChannelId == channelId && row.ReadAt != null, cancellationToken) is { } health
            ? new ChannelHealthDetails(
                health.Quality, health.NumberStatus, health.NameStatus, health.Throughput, health.TokenExpiresAt, health.ReadAt!.Value,
                await DailyPeople.OfAsync(db, channelId, time.GetUtcNow(), cancellationToken))
            : null;
}
