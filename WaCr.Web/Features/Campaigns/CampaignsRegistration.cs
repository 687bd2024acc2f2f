using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Campaigns;

internal static class CampaignsRegistration
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<CampaignRunner>();
        services.AddScoped<CampaignForecast>();
        services.AddScoped<CampaignQueries>();
        services.AddScoped<CampaignDrafts>();
        services.AddScoped<CampaignFiles>();
        services.AddScoped<IFileMentions, CampaignFileMentions>();
        services.AddScoped<CampaignUploads>();
        services.AddScoped<CampaignCreation>();
        services.AddScoped<CampaignMessageQueries>();
        services.AddScoped<CampaignService>();
        services.AddScoped<CampaignExport>();
        services.AddScoped<TemplateUseQueries>();
        return services;
    }
}
