namespace WaCr.Web.Features.Plans;

internal static class PlansRegistration
{
    public static IServiceCollection AddPlans(this IServiceCollection services)
    {
        services.AddScoped<UsageGate>();
        services.AddScoped<PlanService>();
        services.AddScoped<ConversationUsage>();
        services.AddScoped<AccountQueries>();
        services.AddScoped<PlanFeatures>();
        return services;
    }
}
