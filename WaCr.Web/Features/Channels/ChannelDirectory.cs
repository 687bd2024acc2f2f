using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>
/// Finds the channel to call WhatsApp with and records whether WhatsApp accepts its token. Checks no permission; its callers do.
/// </summary>
public sealed partial class ChannelDirectory(
    IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant, ChannelSecrets secrets, TimeProvider time,
    ILogger<ChannelDirectory> logger)
{
    private static readonly Expression<Func<Channel, Row>> AsRow = channel => new Row(
        channel.Id, channel.PhoneNumberId, channel.BusinessAccountId, channel.AccessToken!, channel.DisplayPhoneNumber,
        channel.CredentialRefusedAt != null, channel.DefaultStatusId, channel.DefaultSourceId, channel.DefaultAssignedId,
        channel.MarketingTermsSignedAt != null, channel.MarketingStoppedAt != null);

    private static readonly CompiledQuery<long, Row> First = new((db, _) =>
        db.Channels.OrderBy(channel => channel.Id).Where(channel => channel.AccessToken != null).Select(AsRow).Take(1));

    private static readonly CompiledQuery<long, Row> ById = new((db, id) =>
        db.Channels.Where(channel => channel.Id == id && channel.AccessToken != null).Select(AsRow));

    /// <summary>The tenant's first channel that can send; used when the caller names none.</summary>
    public Task<Result<OpenChannel>> OpenAsync(CancellationToken cancellationToken) => OpenAsync(First, 0, cancellationToken);

    public Task<Result<OpenChannel>> OpenAsync(long id, CancellationToken cancellationToken) => OpenAsync(ById, id, cancellationToken);

    /// <summary>One channel per business account: the first that can fetch its templates.</summary>
    public async Task<IReadOnlyList<long>> ListAccountsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await db.Channels.Where(channel => channel.AccessToken != null && channel.BusinessAccountId != null)
            .OrderBy(channel => channel.Id).Select(channel => new { channel.Id, channel.BusinessAccountId }).ToListAsync(cancellationToken);
        return [.. own.DistinctBy(channel => channel.BusinessAccountId, StringComparer.Ordinal).Select(channel => channel.Id)];
    }

    /// <summary>Records the result of a WhatsApp call; writes only if something changed.</summary>
    public async Task NoteAsync(OpenChannel channel, AppError? error)
    {
        if (error is WhatsAppRefused { Kind: GraphErrorKind.CredentialRefused } refused)
        {
            await RefuseAsync(channel.Id, refused.Message);
        }
        else if (error is null && channel.CredentialIsRefused)
        {
            await AcceptAsync(channel.Id);
        }
    }

    /// <summary>Marks the token as refused. A later refusal changes neither time nor reason.</summary>
    internal async Task RefuseAsync(long id, string reason)
    {
        var now = time.GetUtcNow();
        if ((await writer.WriteAsync<bool>(async db => await StopAsync(db, id, reason, isCredential: true, now), CancellationToken.None))
            .OrThrow())
        {
            LogStopped(id);
        }
    }

    /// <summary>
    /// Pauses the channel until a user acts, because WhatsApp refuses its token or has restricted the account. Runs inside the caller's
    /// write; if it returns true, call <see cref="LogStopped"/> after the commit.
    /// </summary>
    internal static async Task<bool> StopAsync(AppDbContext db, long id, string reason, bool isCredential, DateTimeOffset now)
    {
        var text = reason.Cut(Channel.CredentialErrorMaxLength);
        var running = db.Channels.Where(channel => channel.Id == id
            && (isCredential ? channel.CredentialRefusedAt : channel.PausedAt) == null);
        return await running.ExecuteUpdateAsync(set => set
            .SetProperty(channel => channel.CredentialRefusedAt, channel => isCredential ? now : channel.CredentialRefusedAt)
            .SetProperty(channel => channel.PausedAt, channel => isCredential ? channel.PausedAt : now)
            .SetProperty(channel => channel.CredentialError, text)) > 0;
    }

    /// <summary>
    /// Stops marketing alone, since WhatsApp takes none from the number. Runs inside the caller's write; a later refusal changes nothing.
    /// </summary>
    internal static Task<int> StopMarketingAsync(AppDbContext db, long id, string reason, DateTimeOffset now)
    {
        var text = reason.Cut(Channel.CredentialErrorMaxLength);
        return db.Channels.Where(channel => channel.Id == id && channel.MarketingStoppedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(channel => channel.MarketingStoppedAt, now)
            .SetProperty(channel => channel.MarketingStopReason, text));
    }

    internal void LogStopped(long id) => Log.Stopped(logger, tenant.TenantId, id);

    internal async Task AcceptAsync(long id) => (await writer.WriteAsync<int>(
        async db => await db.Channels.Where(channel => channel.Id == id && channel.CredentialRefusedAt != null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(channel => channel.CredentialRefusedAt, (DateTimeOffset?)null)
                .SetProperty(channel => channel.CredentialError, (string?)null)),
        CancellationToken.None)).OrThrow();

    private async Task<Result<OpenChannel>> OpenAsync(CompiledQuery<long, Row> query, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await query.SingleOrDefaultAsync(db, id, cancellationToken) is not { } row)
        {
            return new WhatsAppNotConfiguredError();
        }

        if (secrets.Reveal(tenant.TenantId, ChannelSecrets.AccessToken, row.AccessToken) is not { } token)
        {
            Log.Unreadable(logger, tenant.TenantId, row.Id);
            return new WhatsAppNotConfiguredError();
        }

        return new OpenChannel(
            row.Id, new WhatsAppChannel(row.PhoneNumberId, row.BusinessAccountId ?? "", token) { HasMarketingApi = row.HasMarketingApi },
            row.DisplayPhoneNumber, row.IsRefused, row.DefaultStatusId, row.DefaultSourceId, row.DefaultAssignedId)
        {
            MarketingIsStopped = row.MarketingIsStopped,
        };
    }

    private sealed record Row(
        long Id, string PhoneNumberId, string? BusinessAccountId, string AccessToken, string? DisplayPhoneNumber, bool IsRefused,
        long? DefaultStatusId, long? DefaultSourceId, long? DefaultAssignedId, bool HasMarketingApi, bool MarketingIsStopped)
    {
        public override string ToString() => $"{nameof(Row)} {Id}"; // never the token
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5601, Level = LogLevel.Error,
            Message = "WhatsApp blocks sending on channel {ChannelId}, tenant {TenantId}.")]
        public static partial void Stopped(ILogger logger, long tenantId, long channelId);

        [LoggerMessage(EventId = 5602, Level = LogLevel.Error,
            Message = "The access token of channel {ChannelId}, tenant {TenantId}, cannot be decrypted; enter it again.")]
        public static partial void Unreadable(ILogger logger, long tenantId, long channelId);
    }
}
