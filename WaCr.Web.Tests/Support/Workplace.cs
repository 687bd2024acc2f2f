using System.Net.Http.Json;
using System.Text.Json;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Support;

/// <summary>A SQLite file with one tenant, made in this process, for servers in processes of their own.</summary>
internal sealed record Workplace(ProductSettings Settings, string File, string Token, long StatusId, long SourceId)
{
    public static async Task<Workplace> CreateAsync(string file)
    {
        var settings = new ProductSettings(DatabaseProvider.Sqlite, $"Data Source={file}");
        await TestDatabase.CopyMigratedAsync(file);
        await using var services = TestServices.Build(settings.Provider, settings.ConnectionString + ";Pooling=False");
        await using var workplace = services.CreateAsyncScope();
        await workplace.ServiceProvider.GetRequiredService<TenantService>().CreateAsync(
            new CreateTenant("Acme", "acme", "business", "IN"), ChangeOrigin.CommandLine, CancellationToken.None).OrThrowAsync();
        var tenant = await TestTenant.OfAsync(workplace);
        await tenant.Get<PlanService>().SetApiCallsPerMinuteAsync("business", Plan.Unlimited, CancellationToken.None).OrThrowAsync();
        var token = await tenant.Get<ApiTokenService>()
            .CreateAsync(new CreateApiToken("Test", [.. Permissions.ApiScopes], 1_000_000, ExpiresAt: null), CancellationToken.None)
                .OrThrowAsync();
        return new Workplace(settings, file, token.Secret, tenant.StatusId, tenant.SourceId);
    }

    public static async Task<long> IdOfAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetInt64();

    public async Task<HttpResponseMessage> PostContactAsync(HttpClient client, long number, string description = "", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("contacts", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                firstname = "Asha",
                lastname = "Patel",
                type = "lead",
                phone = $"+91{9_000_000_000 + number}",
                status_id = StatusId,
                source_id = SourceId,
                description,
            }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }
}
