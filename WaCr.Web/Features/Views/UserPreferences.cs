using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Views;

/// <summary>The current user's display preferences. Private, so no permission is needed.</summary>
public sealed class UserPreferences(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    private const int MaxValue = 8_000;

    private long UserId => tenant.Actor is { Kind: ActorKind.User, Id: { } id } ? id : 0;

    /// <summary>Null if nothing was stored, or if it cannot be read because an earlier version wrote it.</summary>
    public async Task<Result<T?>> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var me = UserId;
        var value = await db.UserPreferences.Where(preference => preference.UserId == me && preference.Key == key)
            .Select(preference => preference.Value).SingleOrDefaultAsync(cancellationToken);
        try
        {
            return value is null ? null : JsonSerializer.Deserialize<T>(value);
        }
        catch (JsonException)
        {
            return null as T;
        }
    }

    public async Task<Result<Done>> KeepAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        var json = JsonSerializer.Serialize(value);
        var me = UserId;
        if (me == 0 || json.Length > MaxValue)
        {
            return default(Done); // the actor is no user, or the value is none the app would write
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var preference = await db.UserPreferences.SingleOrDefaultAsync(kept => kept.UserId == me && kept.Key == key);
                if (preference is null)
                {
                    db.UserPreferences.Add(preference = new UserPreference { UserId = me, Key = key });
                }

                preference.Value = json;
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
