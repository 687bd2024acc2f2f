namespace WaCr.Web.Features.Idempotency;

internal static class IdempotencyRegistration
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services)
    {
        services.AddScoped<OnceWriter>();
        services.AddScoped<IdempotencyLedger>();
        services.AddScoped<IdempotencyBudget>();
        services.AddScoped<IdempotencySweeper>();
        services.AddSingleton<IdempotencyUsage>();
        return services;
    }
}
