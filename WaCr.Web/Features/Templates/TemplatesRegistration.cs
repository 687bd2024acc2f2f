using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Features.Templates;

internal static class TemplatesRegistration
{
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddScoped<TemplateQueries>();
        services.AddScoped<TemplateSync>();
        services.AddScoped<TemplateSyncStep>();
        services.AddScoped<TemplateCalls>();
        services.AddScoped<TemplateService>();
        services.AddScoped<TemplateSamples>();
        services.AddScoped<UnsavedTemplates>();
        return services;
    }
}
