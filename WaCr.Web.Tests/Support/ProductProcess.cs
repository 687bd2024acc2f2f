using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;

namespace WaCr.Web.Tests.Support;

/// <summary>The built product in a process of its own, as an operator starts it; for what only a real process can show.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ChannelReader<string> _output;

    private ProductProcess(Process process, Uri address, ChannelReader<string> output)
    {
        _process = process;
        _output = output;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandOutcome> RunAsync(ProductSettings settings, string[] args, string input = "")
    {
        using var process = Process.Start(StartInfo(settings, args))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return new CommandOutcome(process.ExitCode, await output, await error);
    }

    /// <summary>A server on a free port; returns once it listens.</summary>
    public static async Task<ProductProcess> StartAsync(ProductSettings settings)
    {
        var process = Process.Start(StartInfo(settings, []))!;
        process.StandardInput.Close();
        var said = new ConcurrentQueue<string>();
        var output = Channel.CreateUnbounded<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (line.Data is null)
            {
                output.Writer.TryComplete();
                address.TrySetException(new InvalidOperationException($"The server ended:\n{string.Join('\n', said)}"));
                return;
            }

            output.Writer.TryWrite(line.Data);
            if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var index)
            {
                address.TrySetResult(new Uri(line.Data[(index + Listening.Length)..].Trim()));
            }
        };
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ProductProcess(process, await address.Task.WaitAsync(Patience), output.Reader);
    }

    /// <summary>The next line of its output that begins so, blanks aside; what comes before it is passed over.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await foreach (var line in _output.ReadAllAsync(timeout.Token))
        {
            if (line.TrimStart().StartsWith(beginning, StringComparison.Ordinal))
            {
                return line.Trim();
            }
        }

        throw new InvalidOperationException($"The server ended without a line that begins with {beginning}.");
    }

    public HttpClient CreateClient(string token) => new()
    {
        BaseAddress = new Uri(Address, "/api/v2/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(ProductSettings settings, string[] args)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet", [Assembly, .. args])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = settings.Environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Database__Provider"] = settings.Provider.ToString();
        start.Environment["Database__ConnectionString"] = settings.ConnectionString;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings.More)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // The product's own output, not the copy beside the tests: only there is all that it needs to run.
    private static string Assembly { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "WaCr.Web", Path.GetRelativePath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", ".."), AppContext.BaseDirectory), "WaCr.Web.dll"));
}

internal sealed record ProductSettings(DatabaseProvider Provider, string ConnectionString, string Environment = "Production")
{
    /// <summary>Settings beyond these, by the names of environment variables.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

internal sealed record CommandOutcome(int ExitCode, string Output, string Error);
