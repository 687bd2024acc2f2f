using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using WaCr.Web.Api.Mcp;

namespace WaCr.Web.Hosting;

/// <summary>The API as tools for language models, by the Model Context Protocol.</summary>
public static class McpExtensions
{
    private const string Instructions =
        "Contacts, conversations and messages of one workspace of a WhatsApp CRM. Free-form messages go out within 24 hours of the contact's last one; "
        + "after that only approved templates do. Ask the user before anything is sent, changed for many, or deleted.";

    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<McpTools>();
        services.AddSingleton<McpCalls>();
        services.AddScoped<McpCaller>();
        services
            .AddMcpServer(server =>
            {
                server.ServerInfo = new Implementation { Name = "wacr", Title = "WaCr", Version = "2.0.0" };
                server.ServerInstructions = Instructions;
            })
            .WithHttpTransport(http => http.Stateless = true) // any replica answers any request
            .WithListToolsHandler((request, _) =>
            {
                var actor = request.Services!.GetRequiredService<TenantContext>().Actor;
                return ValueTask.FromResult(new ListToolsResult { Tools = request.Services!.GetRequiredService<McpTools>().For(actor) });
            })
            .WithCallToolHandler(async (request, cancellationToken) =>
            {
                var scope = request.Services!;
                var name = request.Params!.Name;
                var tool = scope.GetRequiredService<McpTools>().Find(name, scope.GetRequiredService<TenantContext>().Actor)
                    ?? throw new McpProtocolException($"There is no tool {name} for this token", McpErrorCode.InvalidParams);
                return await scope.GetRequiredService<McpCalls>().CallAsync(
                    tool, request.Params.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal),
                    scope.GetRequiredService<McpCaller>(), cancellationToken);
            });
        return services;
    }

    /// <summary>Anonymous to the cookie policies: <see cref="McpGuard"/> has checked the token.</summary>
    public static void MapMcpServer(this WebApplication app) => app.MapMcp(McpGuard.Path).AllowAnonymous();
}
