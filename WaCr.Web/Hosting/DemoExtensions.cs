using Microsoft.Extensions.Options;
using WaCr.Web.Features.Demo;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Hosting;

/// <summary>Creates demo data and shows how to sign in. Development only; <c>Demo:Enabled=false</c> turns it off.</summary>
public static class DemoExtensions
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DemoOptions>(configuration, DemoOptions.Section);
        return services;
    }

    /// <exception cref="StartupException">A demo database outside Development would let everybody in.</exception>
    public static Task OfferDemoAsync(this WebApplication app) => app.UseDatabaseAsync(async () =>
    {
        await using var scope = app.Services.CreateAsyncScope();
        var seed = scope.ServiceProvider.GetRequiredService<DemoSeed>();
        if (!app.Environment.IsDevelopment())
        {
            return await seed.IsPresentAsync(CancellationToken.None)
                ? throw new StartupException(
                    "This database holds the demo tenants, whose passwords are known to everybody; outside Development the server does not start on it. "
                    + "Name another in Database:ConnectionString.")
                : false;
        }

        if (!app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Enabled)
        {
            return false;
        }

        if (await seed.IsNeededAsync(CancellationToken.None))
        {
            await seed.SeedAsync(CancellationToken.None);
        }

        if (await scope.ServiceProvider.GetRequiredService<DemoToken>().RenewAsync(CancellationToken.None) is { } token)
        {
            var controls = app.Services.GetService<SandboxControlToken>()?.Value;
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Welcome(OwnAddress.Of(app), token, controls)));
        }

        return true;
    });

    private static string Welcome(string address, string token, string? controls) =>
        $"""

        WaCr is ready at {address}

          Sign in    owner@demo.test, admin@demo.test, agent@demo.test or viewer@demo.test
                     (the other tenant: the same names @other.test)
          Password   {DemoSeed.Password}
          Token      {token}  (new at each start)
          Try        curl -s -H 'Authorization: Bearer {token}' '{address}/api/v2/contacts?per_page=3'
        {(controls is null ? "" : Sandbox(address, token, controls))}
        """;

    private static string Sandbox(string address, string token, string controls) =>
        $$"""
          Phone      {{address}}/sandbox  (a customer's phone in the browser)
          Customer   curl -s -H 'Authorization: Bearer {{controls}}' -H 'Content-Type: application/json' -d '{"body":"Is the shop open?"}' '{{address}}/sandbox/control/customers/+12025550143/text'
          Answer     curl -s -H 'Authorization: Bearer {{token}}' -H 'Content-Type: application/json' -d '{"phone":"+12025550143","message":"Yes, until six."}' '{{address}}/api/v2/messages/text'
                     WhatsApp is a sandbox here, nothing leaves this machine: docs/whatsapp-by-curl.md

        """;
}

/// <summary>Section <c>Demo</c> of the configuration.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    public bool Enabled { get; set; } = true;
}
