using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Channels;

/// <summary>Checks a connection to WhatsApp step by step, and repairs what can be repaired from here.</summary>
public sealed class ChannelCheckService(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ChannelSecrets secrets, ChannelDirectory directory,
    ChannelHealthReader reader, IWhatsAppClient whatsApp, TimeProvider time)
{
    public const string PinField = "pin";

    private const int PinLength = 6;

    // Longer ago, a wrong signature was most likely mended.
    private static readonly TimeSpan RefusalsMatterFor = TimeSpan.FromDays(1);

    /// <summary>Asks WhatsApp about everything that a connection needs, and keeps what it says of the number.</summary>
    /// <param name="callback">Where WhatsApp should send its webhooks.</param>
    public async Task<Result<ChannelReport>> CheckAsync(long id, Uri callback, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        var opened = await directory.OpenAsync(id, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var secret = await AppSecretAsync(id, cancellationToken);
        var facts = await ChannelFacts.ReadAsync(whatsApp, opened.Value.Access, secret, cancellationToken);
        var isClaimed = await reader.KeepAsync(opened.Value, facts);
        var now = time.GetUtcNow();
        var access = opened.Value.Access;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var heardAt = await db.WebhookEvents.Where(e => e.ChannelId == id).MaxAsync(e => (DateTimeOffset?)e.ReceivedAt, cancellationToken);
        var since = now - RefusalsMatterFor;
        var refusedAt = await db.AuditEntries
            .Where(entry => entry.EntityType == AuditEntry.ChannelType && entry.EntityId == id
                && entry.Action == AuditAction.WebhookRefused && entry.At > since)
            .MaxAsync(entry => (DateTimeOffset?)entry.At, cancellationToken);
        var own = new ChannelOwnFacts(
            access.PhoneNumberId, access.BusinessAccountId is { Length: > 0 } account ? account : null, secret is not null, callback,
            heardAt, refusedAt, isClaimed, now);
        return new ChannelReport(ChannelChecks.Of(facts, own), facts.Token.Value?.AppId, now);
    }

    /// <summary>Registers the number to send and receive here.</summary>
    /// <param name="pin">Its two-step PIN; if it has none, this becomes it.</param>
    public async Task<Result<Done>> RegisterAsync(long id, string pin, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        if (pin.Length != PinLength || !pin.All(char.IsAsciiDigit))
        {
            return Invalid(ChannelErrors.PinShape);
        }

        var done = await OnWhatsAppAsync(id, channel => whatsApp.RegisterAsync(channel, pin, cancellationToken), cancellationToken);
        return done.Error is not WhatsAppRefused refused ? done : GraphErrorCodes.RegistrationOf(refused.Code) switch
        {
            RegistrationRefusal.PinWrong => Invalid(ChannelErrors.PinWrong),
            RegistrationRefusal.NumberUnverified => Invalid(ChannelErrors.NumberUnverified),
            RegistrationRefusal.PinLocked => Invalid(ChannelErrors.PinLocked),
            RegistrationRefusal.JustDeleted => Invalid(ChannelErrors.JustDeleted),
            RegistrationRefusal.TooOften => Invalid(ChannelErrors.RegisteredTooOften),
            _ => done,
        };
    }

    /// <summary>Gives the account's webhooks to the token's app.</summary>
    public Task<Result<Done>> SubscribeAsync(long id, CancellationToken cancellationToken) =>
        tenant.Require(Permissions.ChannelsManage) is { } forbidden
            ? Task.FromResult<Result<Done>>(forbidden)
            : OnWhatsAppAsync(id, channel => whatsApp.SubscribeAppAsync(channel, cancellationToken), cancellationToken);

    /// <summary>Has the app send all webhooks that are understood here to <paramref name="callback"/>; WhatsApp verifies it at once.</summary>
    public async Task<Result<Done>> SetWebhookAsync(long id, Uri callback, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.Channels.Where(channel => channel.Id == id).Select(channel => channel.VerifyToken)
            .SingleOrDefaultAsync(cancellationToken);
        if (secrets.Reveal(tenant.TenantId, ChannelSecrets.VerifyToken, kept) is not { } verifyToken
            || await AppSecretAsync(id, cancellationToken) is not { } secret)
        {
            return new WhatsAppNotConfiguredError();
        }

        return await OnWhatsAppAsync(
            id,
            async channel =>
            {
                var token = await whatsApp.FindTokenAsync(channel, cancellationToken);
                return !token.Succeeded ? token.Error
                    : token.Value.AppId is not { } app ? new WhatsAppUnavailable(WhatsAppUnavailable.Unreadable)
                    : await whatsApp.SetWebhookAsync(
                        new WhatsAppApp(app, secret), callback, verifyToken, WebhookFields.Understood, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Result<Done>> OnWhatsAppAsync(
        long id, Func<WhatsAppChannel, Task<Result<Done>>> work, CancellationToken cancellationToken)
    {
        var opened = await directory.OpenAsync(id, cancellationToken);
        return opened.Succeeded ? await work(opened.Value.Access) : opened.Error;
    }

    private async Task<string?> AppSecretAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.Channels.Where(channel => channel.Id == id).Select(channel => channel.AppSecret)
            .SingleOrDefaultAsync(cancellationToken);
        return secrets.Reveal(tenant.TenantId, ChannelSecrets.AppSecret, kept);
    }

    private static ValidationError Invalid(FieldError error)
    {
        var errors = new FieldErrors();
        errors.Add(PinField, error);
        return new ValidationError(errors);
    }
}
