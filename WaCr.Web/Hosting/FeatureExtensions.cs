using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Demo;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

public static class FeatureExtensions
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<ContactTotals>();
        services.AddSingleton<TokenUse>();
        services.AddScoped<UsageGate>();
        services.AddScoped<AccountQueries>();
        services.AddScoped<ContactQueries>();
        services.AddScoped<ContactService>();
        services.AddScoped<ContactBatch>();
        services.AddScoped(typeof(LookupQueries<>));
        services.AddScoped(typeof(LookupService<>));
        services.AddScoped<GroupMembershipService>();
        services.AddScoped<CountryQueries>();
        services.AddScoped<ApiTokenDoor>();
        services.AddScoped<ApiTokenService>();
        services.AddScoped<TokenUseWriter>();
        services.AddScoped<TenantService>();
        services.AddScoped<UserService>();
        services.AddScoped<UserQueries>();
        services.AddScoped<WorkspaceDoor>();
        services.AddScoped<DemoSeed>();
        services.AddScoped<DemoContacts>();
        services.AddScoped<DemoToken>();
        services.AddScoped<SignInService>();
        services.AddSingleton<SetUpCode>();
        services.AddScoped<FirstStart>();
        return services;
    }
}
