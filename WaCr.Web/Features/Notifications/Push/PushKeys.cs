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
/// subscribed for its public half and take nothing that another pair signs, so one that cannot be decrypted is never replaced.
/// </summary>
public sealed class PushKeys(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, IDataProtectionProvider protection, IOptions<PushOptions> options)
{
    private const string Name = "vapid";

    // Push services want an address; this one says that nobody can be reached.
    private const string NoContact = "mailto:nobody@localhost.invalid";

    private readonly IDataProtector _protector = protection.CreateProtector("WaCr.Push");

    /// <summary>Makes the pair if there is none.</summary>
    /// <exception cref="StartupException">The configuration lacks what it was encrypted with.</exception>
    public async Task<VapidKeys> GetAsync(CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var kept = await db.ServerSecrets.AsNoTracking().Where(secret => secret.Name == Name).Select(secret => secret.Value)
                .SingleOrDefaultAsync(cancellationToken);
            if (kept is not null)
            {
                return Open(kept);
            }
        }

        var made = Protect(); // before the write: the first call stores a key
        var value = await writer.WriteAsync<string>(db => KeepAsync(db, made), CancellationToken.None);
        return Open(value.OrThrow());
    }

    // Two that are made at once collide by their name, and the later reads the other's.
    private static async Task<Result<string>> KeepAsync(AppDbContext db, string made)
    {
        if (await db.ServerSecrets.Where(secret => secret.Name == Name).Select(secret => secret.Value).SingleOrDefaultAsync() is { } faster)
        {
            return faster;
        }

        db.ServerSecrets.Add(new ServerSecret { Name = Name, Value = made });
        await db.SaveChangesAsync();
        return made;
    }

    private string Protect()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = pair.ExportParameters(includePrivateParameters: true);
        byte[] point = [4, .. key.Q.X!, .. key.Q.Y!];
        return _protector.Protect($"{Base64Url.EncodeToString(point)}.{Base64Url.EncodeToString(key.D)}");
    }

    private VapidKeys Open(string kept)
    {
        try
        {
            var pair = _protector.Unprotect(kept).Split('.');
            return new VapidKeys(pair[0], pair[1], options.Value.Contact ?? NoContact);
        }
        catch (CryptographicException failure)
        {
            throw new StartupException(
                "The pair of push keys in the database was encrypted with another key than the DataProtection settings name; give that one (docs/operating.md).",
                failure);
        }
    }
}
