namespace WaCr.Web.Features.Files;

internal static class FilesRegistration
{
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddScoped<FileSweeper>();
        services.AddScoped<FileStore>();
        services.AddScoped<UnusedFiles>();
        services.AddScoped<FileQueries>();
        return services;
    }
}
