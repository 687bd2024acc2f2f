namespace WaCr.Web.Features.Files;

internal static class FilesRegistration
{
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileSweepTurns>();
        services.AddScoped<FileSweeper>();
        services.AddScoped<FileStore>();
        services.AddScoped<UnusedFiles>();
        services.AddScoped<FileQueries>();
        return services;
    }
}
