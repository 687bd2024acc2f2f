using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scalar.AspNetCore;
using WaCr.Web.Api;
using WaCr.Web.Api.Auth;
using WaCr.Web.Api.Mcp;
using WaCr.Web.Api.OpenApi;
using WaCr.Web.Api.V2;
using WaCr.Web.Api.Webhooks;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Hosting;

public static class ApiExtensions
{
    // Longer than the API's own limit, so that the API answers it.
    private const int MaxRequestLineSize = 64 * 1024;

    private const string DocumentPath = "/openapi/v2.json";
    private const string ReferencePath = "/docs/api";

    private static readonly Func<ILogger, string, IDisposable?> LogScope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = MaxRequestLineSize);
        services.AddScoped<ApiCall>();
        services.AddSingleton<TokenRateLimits>();
        services.AddSingleton<AllowedMethods>();
        services.AddSingleton<ApiCatalog>();
        services.AddSingleton<OpenApiDocument>();
        return services;
    }

    /// <summary>Comes before cookies and pages, which API requests never reach.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.Use(NoteClientAddress);
        app.Use((context, next) => NameAsync(context, next, app.Logger));
        app.UseRouting();
        app.UseMiddleware<AnonymousRateGuard>();
        app.UseMiddleware<ApiPipeline>();
        app.UseMiddleware<McpGuard>();
    }

    // Before routing, which short-circuits webhooks to their endpoint.
    private static Task NoteClientAddress(HttpContext context, RequestDelegate next)
    {
        context.RequestServices.GetRequiredService<TenantContext>().ClientAddress = ClientAddress.Of(context.Connection.RemoteIpAddress);
        return next(context);
    }

    // Pages as well: lines of the log would name no request otherwise, since ASP.NET's own scope is silenced with the path that it holds.
    private static async Task NameAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        context.TraceIdentifier = context.RequestServices.GetRequiredService<ApiCall>().RequestId; // what Kestrel calls it in its own lines
        using var scope = LogScope(logger, context.TraceIdentifier);
        await next(context);
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapV2();
        app.MapWhatsAppWebhooks();
        app.MapApiDocuments(DocumentPath, ReferencePath);
        app.MapScalarApiReference(ReferencePath, scalar =>
        {
            scalar.AddDocument("v2", "WaCr API v2", DocumentPath);
            scalar.Title = "WaCr API";
            scalar.DefaultFonts = false; // these, like the next three, would be loaded from outside
            scalar.DisableAgent().DisableMcp().DisableTelemetry();
            scalar.WithNonce(); // allowed by SecurityHeaders
        }).AllowAnonymous();
    }
}
