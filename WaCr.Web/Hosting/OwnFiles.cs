using Microsoft.Extensions.Configuration.Json;

namespace WaCr.Web.Hosting;

/// <summary>
/// A published build is usually started from the folder of its data (docs/operating.md), but its static files and settings are beside the
/// program.
/// </summary>
internal static class OwnFiles
{
    public static WebApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(args, AppContext.BaseDirectory, Environment.CurrentDirectory);

    /// <param name="build">The program's folder; it has a <c>wwwroot</c> only when published.</param>
    /// <param name="working">Its <c>appsettings.json</c> overrides the build's.</param>
    internal static WebApplicationBuilder CreateBuilder(string[] args, string build, string working)
    {
        if (Directory.Exists(Path.Combine(working, "wwwroot")) || !Directory.Exists(Path.Combine(build, "wwwroot")))
        {
            return WebApplication.CreateBuilder(args);
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = build });
        var sources = builder.Configuration.Sources;
        foreach (var name in sources.OfType<JsonConfigurationSource>().Select(source => source.Path).OfType<string>().Where(IsSettings)
            .ToList())
        {
            var own = new JsonConfigurationSource { Path = Path.Combine(working, name), Optional = true };
            own.ResolveFileProvider();
            sources.Insert(
                sources.Index().Last(source => source.Item is JsonConfigurationSource { Path: { } path } && IsSettings(path)).Index + 1,
                own);
        }

        return builder;
    }

    private static bool IsSettings(string path) => Path.GetFileName(path).StartsWith("appsettings", StringComparison.Ordinal);
}
