using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Features.Demo;

/// <summary>
/// The API token printed on a start in Development. One row, whose secret is new on each start: a fixed secret would be public in this
/// repository, and a new row each time would fill the list.
/// </summary>
public sealed class DemoToken(IDatabaseWriter writer, TenantService tenants)
{
    private const string Name = "Demo";
    private const int RateLimitPerMinute = 600;

    /// <summary>Null if there is no demo tenant.</summary>
    public async Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        var entered = await tenants.EnterAsync(DemoTenant.First.Request.Subdomain, ChangeOrigin.System, cancellationToken);
        if (!entered.Succeeded)
        {
            return null;
        }

        var secret = TokenSecret.Create();
        var written = await writer.WriteAsync<Done>(
            async db =>
            {
                var token = await db.ApiTokens.FirstOrDefaultAsync(t => t.Name == Name && t.RevokedAt == null);
                if (token is null)
                {
                    token = new ApiToken
                    {
                        Name = Name,
                        Scopes = string.Join(' ', Permissions.ApiScopes),
                        RateLimitPerMinute = RateLimitPerMinute,
                    };
                    db.ApiTokens.Add(token);
                }

                token.Prefix = TokenSecret.PrefixOf(secret);
                token.Hash = SecretHash.Of(secret);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        written.OrThrow();
        return secret;
    }
}
