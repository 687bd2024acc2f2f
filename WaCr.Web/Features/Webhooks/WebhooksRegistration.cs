namespace WaCr.Web.Features.Webhooks;

public static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSecrets>();
        services.AddScoped<WebhookService>();
        services.AddScoped<DeliveryQueries>();
        services.AddScoped<DeliveryService>();
        services.AddScoped<EventBodies>();
        services.AddScoped<DeliveryClaims>();
        services.AddScoped<DeliverySender>();
        services.AddScoped<DeliverySweeper>();
        return services;
    }
}
