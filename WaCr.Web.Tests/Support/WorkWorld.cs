using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Tests.Support;

/// <summary>What the hosted loops do with leased rows, by hand.</summary>
public static class WorkWorld
{
    /// <summary>A claim of the first tenant that has something due; null where nobody has.</summary>
    public static async Task<Claim<T>?> ClaimAsync<T, TStep>(this IServiceProvider services)
        where T : class, ILeased
        where TStep : class, IWorkStep<T>
    {
        await using var scope = services.CreateAsyncScope();
        var claims = scope.ServiceProvider.GetRequiredService<LeaseClaims<T>>();
        foreach (var tenant in await claims.FindTenantsAsync(default))
        {
            if (await claims.ClaimAsync(tenant, TStep.AtOnce, TStep.Lease, default) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    /// <summary>A turn of each tenant; how many rows were taken up.</summary>
    public static async Task<int> TakeTurnsAsync<T, TStep>(this IServiceProvider services)
        where T : class, ILeased
        where TStep : class, IWorkStep<T>
    {
        await using var look = services.CreateAsyncScope();
        var rows = 0;
        foreach (var tenant in await look.ServiceProvider.GetRequiredService<LeaseClaims<T>>().FindTenantsAsync(default))
        {
            await using var scope = services.CreateAsyncScope();
            rows += await scope.ServiceProvider.GetRequiredService<WorkTurn<T, TStep>>().RunAsync(tenant, default);
        }

        return rows;
    }

    /// <summary>Stops after the first chunk, as a process does that is told to.</summary>
    public static async Task RunOneChunkAsync(this TestWorld world, TestTenant tenant, Claim<BulkJob> claim)
    {
        using var stop = new CancellationTokenSource();
        using var afterOne = world.Services.GetRequiredService<ChangeFeed>().Subscribe(tenant.Id, _ => stop.Cancel(), ChangeKind.BulkJobs);
        await using var scope = world.AnonymousScope();
        await scope.ServiceProvider.GetRequiredService<BulkRunner>().RunAsync(claim, TimeSpan.FromMinutes(1), stop.Token);
    }

    public static Task<Claim<BulkJob>?> ClaimBulkAsync(this IServiceProvider services) => services.ClaimAsync<BulkJob, BulkRunner>();

    public static async Task RunBulkAsync(this IServiceProvider services, Claim<BulkJob> claim)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BulkRunner>().RunAsync(claim, TimeSpan.FromMinutes(5), default);
    }

    /// <summary>Bulk jobs, until nothing is left.</summary>
    public static async Task WorkBulkAsync(this IServiceProvider services)
    {
        while (await services.ClaimBulkAsync() is { } claim)
        {
            await services.RunBulkAsync(claim);
        }
    }
}
