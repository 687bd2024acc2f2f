using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WaCr.Web.Features.Costs;

internal static class CostsRegistration
{
    public static IServiceCollection AddCosts(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => PriceFile.Load(null));
        services.AddScoped<MessagePricing>();
        services.AddScoped<MessageCosts>();
        services.AddScoped<CostQueries>();
        return services;
    }
}
