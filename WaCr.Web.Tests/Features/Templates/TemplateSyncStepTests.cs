using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Templates;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Templates;

public sealed class TemplateSyncStepTests
{
    [Theory, OnEachEngine]
    public async Task Account_IsAskedOnceADay_HoweverManyNumbersItHasAndHoweverManyLook(DatabaseProvider engine)
    {
        var time = TestClock.Create();
        var asked = 0;
        var whatsApp = new PlannedWhatsApp { ListRefusal = new WhatsAppUnavailable() };
        whatsApp.BeforePage = _ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        await using var world = await TestWorld.CreateAsync(engine, time, services => services.AddSingleton<IWhatsAppClient>(whatsApp));
        var (mine, theirs) = (await world.CreateTenantAsync("mine"), await world.CreateTenantAsync("theirs"));
        await mine.ConnectWhatsAppAsync();
        await mine.ConnectWhatsAppAsync();
        await theirs.ConnectWhatsAppAsync(new ChannelPatch { Name = "No account", PhoneNumberId = "77", AccessToken = "token" });

        (await AskedAsync()).ShouldBe(0); // connected just now
        time.Advance(Channel.TemplatesEvery);
        (await AskedAsync()).ShouldBe(1);

        time.Advance(TemplateSyncStep.Backoff.First - TimeSpan.FromMinutes(1));
        (await AskedAsync()).ShouldBe(0);
        whatsApp.ListRefusal = null;
        time.Advance(TimeSpan.FromMinutes(1));
        (await AskedAsync()).ShouldBe(1);

        time.Advance(Channel.TemplatesEvery - TimeSpan.FromMinutes(1));
        (await AskedAsync()).ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(1));
        (await AskedAsync()).ShouldBe(1);

        async Task<int> AskedAsync()
        {
            asked = 0;
            await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Services.TakeTurnsAsync<Channel, TemplateSyncStep>())));
            return asked;
        }
    }
}
