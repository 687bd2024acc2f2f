namespace WaCr.Web.Features.Privacy;

internal static class PrivacyRegistration
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddScoped<ContactEraser>();
        services.AddScoped<PersonErasure>();
        services.AddScoped<PersonExport>();
        services.AddScoped<TrashSweeper>();
        return services;
    }
}
