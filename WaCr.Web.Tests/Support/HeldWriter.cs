namespace WaCr.Web.Tests.Support;

/// <summary>The product's writer, which is slow, or fails, where the test says so.</summary>
internal sealed class HeldWriter(IDatabaseWriter inner, HeldWrites held) : IDatabaseWriter
{
    public int Commits => inner.Commits;

    public static void Add(IServiceCollection services, HeldWrites held)
    {
        var real = services.Last(service => service.ServiceType == typeof(IDatabaseWriter));
        services.AddScoped<IDatabaseWriter>(provider => new HeldWriter(
            (IDatabaseWriter)(real.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)),
            held));
    }

    public async Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        await held.WaitAsync();
        return await inner.WriteAsync(work, cancellationToken);
    }
}

internal sealed class HeldWrites
{
    private Held? _next;
    private int _count;

    /// <summary>How many writes began.</summary>
    public int Count => _count;

    /// <summary>The next write waits until it is released.</summary>
    public Held HoldNext() => _next = new Held();

    public Task WaitAsync()
    {
        Interlocked.Increment(ref _count);
        return Interlocked.Exchange(ref _next, null)?.WaitAsync() ?? Task.CompletedTask;
    }
}
