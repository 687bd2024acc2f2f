namespace WaCr.Web.Features.Views;

internal static class ViewsRegistration
{
    public static IServiceCollection AddViews(this IServiceCollection services)
    {
        services.AddScoped<SavedViewService>();
        services.AddScoped<UserPreferences>();
        return services;
    }
}
