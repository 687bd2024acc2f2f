namespace WaCr.Web.Features.Tenants;

internal static class TenantsRegistration
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddScoped<TenantService>();
        services.AddScoped<WorkspaceService>();
        services.AddSingleton<SetUpCode>();
        services.AddScoped<FirstStart>();
        return services;
    }
}
