namespace WaCr.Web.Features.Notifications;

internal static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddScoped<NotificationService>();
        services.AddScoped<NotificationPreferences>();
        services.AddScoped<NotificationSweeper>();
        return services;
    }
}
