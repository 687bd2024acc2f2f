using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace WaCr.Web.Tests.Faults;

public sealed class DiskFullTests
{
    private const int MaxWrites = 500;

    [FactOnSmallDisk]
    public async Task Disk_full_refuses_writes_keeps_reads_and_recovers()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 24);
        var workplace = await Workplace.CreateAsync(disk.File("wacr.db"));
        await using var server = await ProductProcess.StartAsync(workplace.Settings);
        using var client = server.CreateClient(workplace.Token);
        var first = await Workplace.IdOfAsync(await workplace.PostContactAsync(client, 0));
        disk.Fill();

        var (acknowledged, refusal) = await WriteUntilRefusedAsync(workplace, client);

        refusal.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var body = await refusal.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("success").GetBoolean().ShouldBeFalse();
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("SERVICE_UNAVAILABLE");
        body.GetProperty("meta").GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        (await client.GetAsync(new Uri($"contacts/{first}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(new Uri("contacts?search=asha", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        disk.MakeRoom();

        (await workplace.PostContactAsync(client, MaxWrites + 1)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await server.KillAsync();
        SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
        SqliteProbe.Ask(workplace.File, "SELECT count(*) FROM Contacts").ShouldBe([$"{acknowledged + 2}"]);
        SqliteProbe.Ask(workplace.File, "SELECT Value FROM UsageCounters WHERE Metric = 0").ShouldBe([$"{acknowledged + 2}"]);
    }

    [FactOnSmallDisk]
    public async Task Start_on_a_full_disk_says_so_in_one_sentence()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 1);
        disk.Fill();

        var outcome = await ProductProcess.RunAsync(
            new ProductSettings(DatabaseProvider.Sqlite, $"Data Source={disk.File("wacr.db")}"), []);

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldNotContain("   at ");
        outcome.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("room");
    }

    // The log has some room of its own left, so the first writes may still succeed.
    private static async Task<(
        int Acknowledged, HttpResponseMessage Refusal)> WriteUntilRefusedAsync(Workplace workplace, HttpClient client)
    {
        for (var written = 0; written < MaxWrites; written++)
        {
            var answer = await workplace.PostContactAsync(client, written + 1, new string('x', 60_000));
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                return (written, answer);
            }
        }

        throw new InvalidOperationException("The disk never filled up.");
    }
}

/// <summary>A file system of its own, in memory, that a test can fill to the last byte.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("wacr-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            throw new UnauthorizedAccessException("This machine lets nobody mount a file system.");
        }

        return new SmallDisk(path);
    }

    public string File(string name) => Path.Combine(_path, name);

    public void Fill()
    {
        using var filler = new FileStream(File("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // No space left, which was the aim.
        }
    }

    public void MakeRoom() => System.IO.File.Delete(File("filler"));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", _path);
        Directory.Delete(_path);
    }

    private static async Task<int> RunAsync(string command, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(command, args) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

/// <summary>Skipped where no file system can be mounted: without root, or in a closed container.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactOnSmallDiskAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(TryMount);

    public FactOnSmallDiskAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "Needs the right to mount a small tmpfs (root, CAP_SYS_ADMIN): a full disk cannot be made here.";
        }
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            SmallDisk.MountAsync(megabytes: 1).GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
