namespace WaCr.Web.Features.Demo;

internal static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddScoped<DemoSeed>();
        services.AddScoped<DemoContacts>();
        services.AddScoped<DemoConversations>();
        services.AddScoped<DemoChannel>();
        services.AddSingleton<OpenWindows>();
        services.AddScoped<DemoToken>();
        return services;
    }
}
