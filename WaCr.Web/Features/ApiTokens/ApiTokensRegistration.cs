namespace WaCr.Web.Features.ApiTokens;

internal static class ApiTokensRegistration
{
    public static IServiceCollection AddApiTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenAddresses>();
        services.AddScoped<TokenAddressWriter>();
        services.AddSingleton<TokenUse>();
        services.AddScoped<ApiTokenAuthenticator>();
        services.AddScoped<ApiTokenService>();
        services.AddScoped<RateLeases>();
        services.AddScoped<TokenUseWriter>();
        return services;
    }
}
