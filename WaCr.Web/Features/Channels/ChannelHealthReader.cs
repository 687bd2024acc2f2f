using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Channels;

/// <summary>Reads how a number does and keeps it. Checks no permission; its callers do.</summary>
public sealed class ChannelHealthReader(ChannelDirectory directory, IWhatsAppClient whatsApp, IDatabaseWriter writer, TimeProvider time)
{
    internal async Task<Result<Done>> ReadAsync(long channelId, CancellationToken cancellationToken)
    {
        var opened = await directory.OpenAsync(channelId, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var facts = await ChannelFacts.ReadAsync(whatsApp, opened.Value.Access, appSecret: null, cancellationToken);
        await KeepAsync(opened.Value, facts);
        return facts.Number is { Succeeded: true } ? default(Done) : facts.Number?.Error ?? facts.Refusal ?? facts.Token.Error!;
    }

    /// <summary>Keeps what WhatsApp said. False if another workspace has claimed the number.</summary>
    internal async Task<bool> KeepAsync(OpenChannel channel, ChannelFacts facts)
    {
        var failure = facts.Number is { Succeeded: true } ? null : facts.Number?.Error ?? facts.Token.Error;
        await directory.NoteAsync(channel, facts.Refusal ?? failure);
        if (facts.Number is not { Succeeded: true, Value: var number })
        {
            return true;
        }

        var claimed = await writer.WriteAsync<Done>(
            async db =>
            {
                if (!await ClaimAsync(db, channel, number))
                {
                    return new NumberClaimedError();
                }

                await StoreAsync(db, channel, number, facts);
                return default(Done);
            },
            CancellationToken.None);
        return claimed.Succeeded;
    }

    /// <summary>
    /// Claims the number for this tenant, because WhatsApp answered for it with the tenant's token. Without a valid token, nothing is
    /// revealed about other tenants.
    /// </summary>
    private async Task<bool> ClaimAsync(AppDbContext db, OpenChannel channel, PhoneNumberDescription number)
    {
        // Lifts the tenant filter: two tenants must not claim the same number.
        if (await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .AnyAsync(other => other.PhoneNumberId == channel.Access.PhoneNumberId && other.ClaimedAt != null && other.Id != channel.Id))
        {
            return false;
        }

        var now = time.GetUtcNow();
        await db.Channels.Where(own => own.Id == channel.Id && own.PhoneNumberId == channel.Access.PhoneNumberId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(own => own.ClaimedAt, own => own.ClaimedAt ?? now)
                .SetProperty(own => own.DisplayPhoneNumber, number.DisplayPhoneNumber.Cut(Channel.DisplayPhoneNumberMaxLength))
                .SetProperty(own => own.VerifiedName, number.VerifiedName.Cut(Channel.VerifiedNameMaxLength)));
        return true;
    }

    private async Task StoreAsync(AppDbContext db, OpenChannel channel, PhoneNumberDescription number, ChannelFacts facts)
    {
        var (now, channelId, phoneNumberId) = (time.GetUtcNow(), channel.Id, channel.Access.PhoneNumberId);
        var row = await db.ChannelHealths.SingleOrDefaultAsync(health => health.ChannelId == channelId
            && db.Channels.Any(own => own.Id == channelId && own.PhoneNumberId == phoneNumberId));
        if (row is null)
        {
            return; // the channel got another number meanwhile
        }

        row.Quality = number.QualityRating.Cut(ChannelHealth.WordMaxLength);
        row.NumberStatus = number.Status.Cut(ChannelHealth.WordMaxLength);
        row.NameStatus = number.NameStatus.Cut(ChannelHealth.WordMaxLength);
        row.Throughput = number.Throughput.Cut(ChannelHealth.WordMaxLength);
        row.DailyLimit = number.DailyLimit ?? row.DailyLimit;
        row.PortfolioId = facts.Account?.Value?.PortfolioId is { Length: <= ChannelHealth.PortfolioIdMaxLength } id ? id : row.PortfolioId;
        row.TokenExpiresAt = facts.Token.Succeeded ? facts.Token.Value.ExpiresAt : row.TokenExpiresAt;
        row.ReadAt = now;
        db.NoteChange(ChangeKind.Channels);
        await ChannelNotices.ReplaceReadAsync(db, channelId, await TroubleAsync(db, channelId, number, facts, now));
    }

    private static async Task<IReadOnlyList<NewNotice>> TroubleAsync(
        AppDbContext db, long channelId, PhoneNumberDescription number, ChannelFacts facts, DateTimeOffset now)
    {
        var found = ChannelTrouble.Of(number, facts, now).ToList();

        // WhatsApp has told of it by a webhook already.
        var isToldOfQuality = found.Exists(notice => notice.Word == ChannelTrouble.QualityLow)
            && await db.ChannelNotices.AnyAsync(notice => notice.ChannelId == channelId && !notice.IsGood
                && notice.Field == AccountEventNames.Quality && notice.Word == AccountEventNames.Flagged);
        return isToldOfQuality ? found.FindAll(notice => notice.Word != ChannelTrouble.QualityLow) : found;
    }
}
