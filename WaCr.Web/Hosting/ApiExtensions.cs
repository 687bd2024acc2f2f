using WaCr.Web.Api;
using WaCr.Web.Api.Auth;
using WaCr.Web.Api.V2;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Hosting;

public static class ApiExtensions
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddScoped<ApiCall>();
        services.AddScoped<IdempotencyLedger>();
        services.AddSingleton<TokenRateLimits>();
        services.AddSingleton<ApiRoutes>();
        return services;
    }

    /// <summary>Comes before cookies and pages, which API requests never reach.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<ApiPipeline>();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapV2();
        app.MapGet("/health/live", (HttpContext context) => context.Response.WriteAsync("ok")).AllowAnonymous();
    }
}
