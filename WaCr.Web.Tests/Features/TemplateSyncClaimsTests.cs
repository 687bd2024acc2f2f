using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Templates;
using WaCr.Web.Tests.Support;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features;

public sealed class TemplateSyncClaimsTests
{
    [Theory, OnEachEngine]
    public async Task Account_IsOnesOnceADay_HoweverManyNumbersItHasAndHoweverManyLook(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        await using var world = await TestWorld.CreateAsync(engine, time, services => services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        var channel = await mine.ConnectWhatsAppAsync();
        await mine.ConnectWhatsAppAsync();
        await theirs.ConnectWhatsAppAsync(new ChannelPatch { Name = "No account", PhoneNumberId = "77", AccessToken = "token" });

        (await ClaimAsync(world)).ShouldBeEmpty(); // connected just now
        time.Advance(TemplateSyncClaims.Interval);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ClaimAsync(world)));
        claimed.SelectMany(due => due).ShouldHaveSingleItem().ChannelId.ShouldBe(channel.Id);

        // Nobody said that it was done, so it failed.
        time.Advance(TemplateSyncClaims.AfterFailure - TimeSpan.FromMinutes(1));
        (await ClaimAsync(world)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(1));
        var claim = (await ClaimAsync(world)).ShouldHaveSingleItem();
        claim.Tenant.Id.ShouldBe(mine.Id);

        await mine.GetFresh<TemplateSyncClaims>().DoneAsync(claim);
        time.Advance(TemplateSyncClaims.Interval - TimeSpan.FromMinutes(1));
        (await ClaimAsync(world)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(1));
        (await ClaimAsync(world)).ShouldHaveSingleItem();
    }

    private static async Task<IReadOnlyList<DueSync>> ClaimAsync(TestWorld world)
    {
        await using var scope = world.StrangerScope();
        return await scope.ServiceProvider.GetRequiredService<TemplateSyncClaims>().ClaimAsync(CancellationToken.None);
    }
}
