using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Whether somebody here entered this verify token. It names nothing else, so its hash is what finds the channel.</summary>
public sealed class WebhookHandshake(IDbContextFactory<AppDbContext> contexts, WebhookDoor door)
{
    public async Task<bool> FitsAsync(string? verifyToken, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(verifyToken) || !door.MayLook())
        {
            return false;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(verifyToken));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The filter is lifted since the handshake names no tenant. How long the look takes tells of hashes, which nobody can aim.
        var known = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(channel => channel.VerifyTokenHash == hash).Select(channel => channel.VerifyTokenHash).FirstOrDefaultAsync(cancellationToken);
        return known is not null && CryptographicOperations.FixedTimeEquals(known, hash);
    }
}
