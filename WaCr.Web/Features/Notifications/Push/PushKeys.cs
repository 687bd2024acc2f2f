using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaCr.Web.Data;
using WaCr.Web.Downloads;

namespace WaCr.Web.Features.Notifications.Push;

/// <summary>
/// The installation's pair of keys, by which push services know it: made once, kept encrypted, shared by all replicas. Browsers are
/// subscribed for its public half, so another pair ends all subscriptions.
/// </summary>
public sealed class PushKeys(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, IDataProtectionProvider protection, IOptions<PushOptions> options)
{
    private const string Name = "vapid";

    // Push services want an address; this one says that nobody can be reached.
    private const string NoContact = "mailto:nobody@localhost.invalid";

    private readonly IDataProtector _protector = protection.CreateProtector("WaCr.Push");

    /// <summary>Makes the pair if there is none, or if the keys that encrypted it are lost.</summary>
    public async Task<VapidKeys> GetAsync(CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var kept = await db.ServerSecrets.AsNoTracking().Where(secret => secret.Name == Name).Select(secret => secret.Value)
                .SingleOrDefaultAsync(cancellationToken);
            if (Open(kept) is { } keys)
            {
                return keys;
            }
        }

        var made = Protect(); // before the write: the first call stores a key
        var value = await writer.WriteAsync<string>(db => KeepAsync(db, made), CancellationToken.None);
        return Open(value.OrThrow())!;
    }

    private async Task<Result<string>> KeepAsync(AppDbContext db, string made)
    {
        await db.LockValueAsync("ServerSecrets", Name);
        var secret = await db.ServerSecrets.SingleOrDefaultAsync(kept => kept.Name == Name);
        if (Open(secret?.Value) is not null)
        {
            return secret!.Value; // another process was faster
        }

        if (secret is null)
        {
            db.ServerSecrets.Add(new ServerSecret { Name = Name, Value = made });
            await db.SaveChangesAsync();
            return made;
        }

        secret.Value = made;
        await db.SaveChangesAsync();

        // Lifts the tenant filter: no browser takes what another pair signs.
        await db.PushSubscriptions.IgnoreQueryFilters([AppDbContext.TenantFilter]).ExecuteDeleteAsync();
        return made;
    }

    private string Protect()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = pair.ExportParameters(includePrivateParameters: true);
        byte[] point = [4, .. key.Q.X!, .. key.Q.Y!];
        return _protector.Protect($"{Base64Url.EncodeToString(point)}.{Base64Url.EncodeToString(key.D)}");
    }

    private VapidKeys? Open(string? kept)
    {
        try
        {
            return kept is not null && _protector.Unprotect(kept).Split('.') is [var publicKey, var privateKey]
                ? new VapidKeys(publicKey, privateKey, options.Value.Contact ?? NoContact)
                : null;
        }
        catch (CryptographicException)
        {
            return null; // the protector reports a failure only by this exception
        }
    }
}
