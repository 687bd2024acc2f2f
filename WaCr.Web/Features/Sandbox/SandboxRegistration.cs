using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

internal static class SandboxRegistration
{
    public static IServiceCollection AddSandboxPhone(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SandboxPresence(provider.GetService<SandboxWorld>() is not null));
        services.AddScoped<SandboxAccess>();
        services.AddScoped<CustomerPhone>();
        services.AddScoped<SandboxControls>();
        services.AddScoped<SandboxReviews>();
        services.AddScoped<SandboxAccounts>();
        return services;
    }
}
