using System.Text.Json;
using Microsoft.Extensions.Configuration;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Hosting;
using WaCr.Web.Security;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.Features.Sandbox;

/// <summary>Two workspaces whose numbers are in one sandbox.</summary>
internal sealed class SandboxWorkspace : IAsyncDisposable
{
    public const string Customer = "+15551234567";
    public static readonly SandboxNumber Number = SandboxNumber.Shipped[0];
    public static readonly SandboxNumber OtherNumber = SandboxNumber.Shipped[1];

    private readonly MessagingWorld _world;

    private SandboxWorkspace(MessagingWorld world) => _world = world;

    public MessagingWorld Messaging => _world;

    public TestTenant Tenant => _world.Tenant;

    public PhoneLine Line { get; } = new(Number.PhoneNumberId, Customer);

    /// <summary>In a scope of its own, so that whoever signed in is who acts.</summary>
    public CustomerPhone Phone => Tenant.GetFresh<CustomerPhone>();

    public SandboxControls Controls => Tenant.GetFresh<SandboxControls>();

    public SandboxConsole Desk => _world.Services.GetRequiredService<SandboxConsole>();

    public static async Task<SandboxWorkspace> CreateAsync(DatabaseProvider engine) => new(await MessagingWorld.CreateAsync(
        engine, (services, _) => services.AddSandboxServices(new ConfigurationBuilder().Build())));

    public Task<PhoneScreen> GetScreenAsync() => Phone.GetScreenAsync(Line, default).OrThrowAsync();

    /// <summary>As the workspace sends it, by Graph.</summary>
    public void Send(object message)
    {
        var body = JsonSerializer.SerializeToElement(message);
        var answer = _world.Services.GetRequiredService<GraphSends>().Post(Number.AccessToken, Number.PhoneNumberId, body);
        answer.Status.ShouldBe(200, answer.Body.ToJsonString());
        answer.Afterwards!();
    }

    public void SendText(string text) =>
        Send(new { messaging_product = "whatsapp", to = Customer, type = "text", text = new { body = text } });

    public void Pass(TimeSpan time) => _world.Time.Advance(time);

    public void Become(Role role) =>
        Tenant.Get<TenantContext>().Enter(
            Tenant.Get<TenantContext>().Tenant,
            new CurrentActor(ActorKind.User, 1, "Ravi Kumar", ChangeOrigin.App, RolePermissions.Of(role)));

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
