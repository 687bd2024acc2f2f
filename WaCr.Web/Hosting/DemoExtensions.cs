using WaCr.Web.Features.Demo;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.Hosting;

/// <summary>A database to try the product with, and how to get in. Development only; <c>Demo:Enabled=false</c> leaves it out.</summary>
public static class DemoExtensions
{
    public static async Task OfferDemoAsync(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() || !app.Configuration.GetValue("Demo:Enabled", defaultValue: true))
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<TenantService>().AnyAsync(CancellationToken.None))
        {
            await scope.ServiceProvider.GetRequiredService<DemoSeed>().SeedAsync(CancellationToken.None);
        }

        if (await scope.ServiceProvider.GetRequiredService<DemoToken>().RenewAsync(CancellationToken.None) is { } token)
        {
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Welcome(AddressOf(app), token)));
        }
    }

    private static string AddressOf(WebApplication app) => app.Urls.First()
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("+", "localhost", StringComparison.Ordinal)
        .Replace("*", "localhost", StringComparison.Ordinal)
        .TrimEnd('/');

    private static string Welcome(string address, string token) =>
        $"""

        WaCr is ready at {address}

          Sign in    owner@demo.test, admin@demo.test, agent@demo.test or viewer@demo.test
                     (the other tenant: the same names @other.test)
          Password   {DemoSeed.Password}
          Token      {token}  (new at each start)
          Try        curl -s -H 'Authorization: Bearer {token}' '{address}/api/v2/contacts?per_page=3'

        """;
}
