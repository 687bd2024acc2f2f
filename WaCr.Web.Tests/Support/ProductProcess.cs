using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using WaCr.Web.Data;

namespace WaCr.Web.Tests.Support;

/// <summary>The built product in a process of its own, as an operator starts it; for what only a real process can show.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ProductProcess(Process process, Uri address)
    {
        _process = process;
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
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException($"The server ended:\n{string.Join('\n', said)}"));
            }
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            }
        };
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ProductProcess(process, await address.Task.WaitAsync(Patience));
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
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet", [Assembly, .. args])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Database__Provider"] = settings.Provider.ToString();
        start.Environment["Database__ConnectionString"] = settings.ConnectionString;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        return start;
    }

    // The product's own output, not the copy beside the tests: only there is all that it needs to run.
    private static string Assembly { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "WaCr.Web", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."), AppContext.BaseDirectory), "WaCr.Web.dll"));
}

internal sealed record ProductSettings(DatabaseProvider Provider, string ConnectionString);

internal sealed record CommandOutcome(int ExitCode, string Output, string Error);
