namespace WaCr.Web.Features.Lookups;

internal static class LookupsRegistration
{
    public static IServiceCollection AddLookups(this IServiceCollection services)
    {
        services.AddScoped(typeof(LookupQueries<>));
        services.AddScoped(typeof(LookupService<>));
        services.AddScoped<StatusOrder>();
        services.AddScoped<GroupMembershipService>();
        services.AddScoped<CountryQueries>();
        return services;
    }
}
