using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Hosting;

/// <summary>Section <c>Shutdown</c> of the configuration.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>How long the process reports "not ready" on SIGTERM before it stops accepting connections.</summary>
    public TimeSpan ReadyDelay { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// Shuts down in the order that a load balancer needs: on SIGTERM the process reports "not ready", serves on until that is noticed, and
/// then stops. Ctrl+C, or a second signal, stops it at once.
/// </summary>
internal sealed class DrainingLifetime(
    IHostApplicationLifetime application, Readiness readiness, IOptions<ShutdownOptions> options, TimeProvider time)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true; // the runtime would end the process at once
                _ = StopAsync(isPatient: context.Signal == PosixSignal.SIGTERM);
            }));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    /// <param name="isPatient">Whether to wait for the load balancer; a process that is already stopping never waits.</param>
    internal async Task StopAsync(bool isPatient)
    {
        var isSecond = readiness.IsStopping;
        readiness.BeginStopping();
        if (isPatient && !isSecond)
        {
            await Task.Delay(options.Value.ReadyDelay, time, application.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        application.StopApplication();
    }
}
