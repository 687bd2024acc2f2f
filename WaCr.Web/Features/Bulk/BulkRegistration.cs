namespace WaCr.Web.Features.Bulk;

internal static class BulkRegistration
{
    public static IServiceCollection AddBulk(this IServiceCollection services)
    {
        services.AddScoped<BulkQueries>();
        services.AddScoped<BulkService>();
        services.AddScoped<BulkRunner>();
        services.AddScoped<BulkSweeper>();
        return services;
    }
}
