using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <summary>Connects a demo tenant to its number in the sandbox and creates its templates as a sync would.</summary>
internal sealed class DemoChannel(ChannelService channels, IDatabaseWriter writer, TimeProvider time)
{
    public async Task CreateAsync(AppDbContext db, SandboxNumber number, CancellationToken cancellationToken)
    {
        if (!await db.Channels.AnyAsync(cancellationToken))
        {
            var patch = new ChannelPatch
            {
                Name = number.VerifiedName,
                PhoneNumberId = number.PhoneNumberId,
                BusinessAccountId = number.BusinessAccountId,
                AccessToken = number.AccessToken,
                AppSecret = number.AppSecret,
                VerifyToken = number.VerifyToken,
                DefaultStatusId = await db.Statuses.OrderBy(status => status.Position)
                    .Select(status => status.Id)
                    .FirstAsync(cancellationToken),
                DefaultSourceId = await db.Sources.OrderBy(source => source.Id).Select(source => source.Id).FirstAsync(cancellationToken),
                DefaultAssignedId = await db.Memberships
                    .Where(member => member.Role == Role.Agent)
                        .OrderBy(member => member.UserId)
                        .Select(member => (long?)member.UserId)
                        .FirstOrDefaultAsync(cancellationToken),
            };
            var channel = (await channels.SaveAsync(null, patch, cancellationToken)).OrThrow();
            await writer.WriteAsync<int>(
                async db => await db.Channels.Where(c => c.Id == channel.Id).ExecuteUpdateAsync(set => set
                    .SetProperty(c => c.DisplayPhoneNumber, "+" + number.Phone)
                    .SetProperty(c => c.VerifiedName, number.VerifiedName)),
                cancellationToken);
        }

        if (!await db.Templates.AnyAsync(cancellationToken))
        {
            (await writer.WriteAsync<Done>(db => AddTemplatesAsync(db, number.BusinessAccountId), cancellationToken)).OrThrow();
        }
    }

    private async Task<Result<Done>> AddTemplatesAsync(AppDbContext db, string account)
    {
        var now = time.UtcNowInSeconds();
        foreach (var template in ShippedTemplates.Describe(account))
        {
            var row = new Template { SyncedAt = now };
            TemplateRows.Copy(template, account, row);
            db.Templates.Add(row);
        }

        await db.SaveChangesAsync();
        return default(Done);
    }
}
