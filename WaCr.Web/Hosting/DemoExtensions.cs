using WaCr.Web.Features.Demo;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Hosting;

/// <summary>A database to try the product with, and how to get in. Development only; <c>Demo:Enabled=false</c> leaves it out.</summary>
public static partial class DemoExtensions
{
    /// <summary>False where the server must not start: a demo database outside Development would let everybody in.</summary>
    public static async Task<bool> OfferDemoAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var seed = scope.ServiceProvider.GetRequiredService<DemoSeed>();
        if (!app.Environment.IsDevelopment())
        {
            var isPresent = await seed.IsPresentAsync(CancellationToken.None);
            if (isPresent)
            {
                Log.DemoOutsideDevelopment(app.Logger);
            }

            return !isPresent;
        }

        if (!app.Configuration.GetValue("Demo:Enabled", defaultValue: true))
        {
            return true;
        }

        if (await seed.IsNeededAsync(CancellationToken.None))
        {
            await seed.SeedAsync(CancellationToken.None);
        }

        if (await scope.ServiceProvider.GetRequiredService<DemoToken>().RenewAsync(CancellationToken.None) is { } token)
        {
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Welcome(OwnAddress.Of(app), token, app.Services.GetService<SandboxDesk>() is not null)));
        }

        return true;
    }

    private static string Welcome(string address, string token, bool hasSandbox) =>
        $"""

        WaCr is ready at {address}

          Sign in    owner@demo.test, admin@demo.test, agent@demo.test or viewer@demo.test
                     (the other tenant: the same names @other.test)
          Password   {DemoSeed.Password}
          Token      {token}  (new at each start)
          Try        curl -s -H 'Authorization: Bearer {token}' '{address}/api/v2/contacts?per_page=3'
        {(hasSandbox ? Sandbox(address, token) : "")}
        """;

    private static string Sandbox(string address, string token) =>
        $$"""
          Phone      {{address}}/sandbox  (a customer's phone in the browser)
          Customer   curl -s -H 'Content-Type: application/json' -d '{"body":"Is the shop open?"}' '{{address}}/sandbox/control/customers/+12025550143/text'
          Answer     curl -s -H 'Authorization: Bearer {{token}}' -H 'Content-Type: application/json' -d '{"phone":"+12025550143","message":"Yes, until six."}' '{{address}}/api/v2/messages/text'
                     WhatsApp is a sandbox here, nothing leaves this machine: docs/whatsapp-by-curl.md

        """;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1103, Level = LogLevel.Critical,
            Message = "This database holds the demo tenants, whose passwords are known to everybody. Outside Development the server does not start on it.")]
        public static partial void DemoOutsideDevelopment(ILogger logger);
    }
}
