namespace WaCr.Web.Features.Templates;

internal static class TemplatesRegistration
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddScoped<TemplateQueries>();
        services.AddScoped<TemplateSync>();
        services.AddScoped<TemplateSyncStep>();
        return services;
    }
}
