using WaCr.Web.Jobs;

namespace WaCr.Web.Hosting;

public static class JobExtensions
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddHostedService<TokenUseJob>();
        return services;
    }
}
