namespace WaCr.Web.Features.Dashboard;

internal static class DashboardRegistration
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddScoped<ContactStatistics>();
        services.AddScoped<LatestActivity>();
        services.AddSingleton<StatisticsCache>();
        services.AddScoped<ConversationStatistics>();
        services.AddScoped<DashboardAlerts>();
        services.AddScoped<SetUpProgress>();
        return services;
    }
}
