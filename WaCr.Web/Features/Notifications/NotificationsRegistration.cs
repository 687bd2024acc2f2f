using WaCr.Web.Features.Notifications.Push;

namespace WaCr.Web.Features.Notifications;

internal static class NotificationsRegistration
{
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddScoped<NotificationService>();
        services.AddScoped<NotificationPreferences>();
        services.AddScoped<NotificationSweeper>();
        services.AddScoped<PushKeys>();
        services.AddScoped<PushSubscriptions>();
        services.AddScoped<PushSender>();
        return services;
    }
}
