namespace WaCr.Web.Features.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<SecurityEventCounts>();
        services.AddScoped<SecurityEvents>();
        services.AddScoped<AuditSweeper>();
        services.AddScoped<AuditQueries>();
        services.AddScoped<AuditExport>();
        return services;
    }
}
