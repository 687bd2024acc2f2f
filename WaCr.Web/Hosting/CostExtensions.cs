using WaCr.Web.Features.Costs;

namespace WaCr.Web.Hosting;

public static class CostExtensions
{
    public const string PriceFileKey = "Costs:PriceFile";

    /// <summary>Reads the price list now, so that a wrong file stops the start before anything is changed.</summary>
    public static IServiceCollection AddPrices(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(PriceFile.Load(configuration[PriceFileKey]));
}
