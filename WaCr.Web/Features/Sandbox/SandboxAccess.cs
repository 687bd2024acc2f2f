using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

/// <summary>The sandbox serves all workspaces, like WhatsApp. Users only get access to numbers of their own workspace.</summary>
internal sealed class SandboxAccess(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, SandboxConsole? console = null)
{
    /// <summary>The sandbox's console, if the number belongs to both workspace and sandbox.</summary>
    public async Task<Result<SandboxConsole>> EnterAsync(string phoneNumberId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        if (console?.FindNumber(phoneNumberId) is null)
        {
            return SandboxErrors.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Channels.AnyAsync(channel => channel.PhoneNumberId == phoneNumberId, cancellationToken)
            ? console
            : SandboxErrors.NotFound;
    }

    public async Task<Result<IReadOnlyList<SandboxNumberItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channels = await db.Channels.OrderBy(channel => channel.Id)
            .Select(channel => new { channel.PhoneNumberId, channel.Name })
            .ToListAsync(cancellationToken);
        return channels
            .Select(channel =>
                console?.FindNumber(channel.PhoneNumberId) is { } number
                    ? new SandboxNumberItem(channel.PhoneNumberId, channel.Name, "+" + number.Phone)
                    : null)
            .OfType<SandboxNumberItem>().ToList();
    }

    /// <summary>Calls back on any change in the sandbox, on any thread, until the result is disposed.</summary>
    public IDisposable? Watch(Action callback) => console?.Watch(callback);
}
