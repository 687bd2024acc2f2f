using System.Diagnostics;
using System.Globalization;

namespace WaCr.Bench;

/// <summary>One of several processes of the product over one database.</summary>
internal sealed class Replica(string web, int port) : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Process? _process;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Returns once it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(web, "WaCr.Web"), ["--contentRoot", web])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString().TrimEnd('/');
        _process = Process.Start(start)!;
        var log = Path.Combine(web, string.Create(CultureInfo.InvariantCulture, $"../replica-{Address.Port}.log"));
        _process.OutputDataReceived += (_, line) => File.AppendAllText(log, line.Data + Environment.NewLine);
        _process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + Environment.NewLine);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await IsReadyAsync())
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"The replica at {Address} ended while it started.");
            }

            await Task.Delay(50);
        }
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>So far; 0 if it does not run.</summary>
    public double ProcessorSeconds()
    {
        if (!IsRunning)
        {
            return 0;
        }

        _process!.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>As kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an operator: SIGTERM, and wait for its end.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            _process!.Kill();
        }

        _process?.Dispose();
    }
}
