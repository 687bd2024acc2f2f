namespace WaCr.Web.Features.Work;

public static class WorkRegistration
{
    public static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.AddScoped(typeof(LeaseClaims<>));
        services.AddScoped(typeof(WorkTurn<,>));
        services.AddScoped<JobActor>();
        services.AddScoped<QueueDepths>();
        services.AddSingleton<QueueGauges>();
        return services;
    }
}
