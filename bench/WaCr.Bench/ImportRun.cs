using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Domain;
using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Transfers;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>Sends a file to a running server as a browser does, has its rows brought in there, and takes it back.</summary>
internal static partial class ImportRun
{
    internal const string Password = "a-good-password";

    // What the first import compiles is no part of what a hundred thousand rows take.
    private const int WarmUp = 2_000;

    public static async Task RunAsync(Uri server, int rows, int processId)
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        var email = $"{Guid.NewGuid():N}@example.org";
        (await bench.Get<UserService>().CreateAsync(new CreateUser(email, "Bench", Role.Owner, Password), CancellationToken.None))
            .OrThrow();

        foreach (var format in Enum.GetValues<TableFormat>())
        {
            await ImportAsync(bench.Services, server, email, format, await MakeFileAsync(format, WarmUp, from: rows), (_, _) => { });
            var file = await MakeFileAsync(format, rows, from: 0);
            var memory = new ResidentMemory(processId);
            Say("file", $"{format.ToString().ToUpperInvariant()}");
            Say("memory", $"{memory.Now} MB of the server before");
            await ImportAsync(bench.Services, server, email, format, file, Say);
            Say("memory", $"{memory.Highest} MB at the highest, {memory.Now} MB afterwards");
        }
    }

    private static async Task ImportAsync(
        IServiceProvider services, Uri server, string email, TableFormat format, byte[] file, Action<string, FormattableString> say)
    {
        var started = Stopwatch.GetTimestamp();
        var id = await UploadAsync(server, email, format, file);
        say("upload", $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s for {file.Length / 1024 / 1024} MB, sign-in included");

        var queries = services.GetRequiredService<ImportQueries>();
        var settings = (await queries.GuessAsync(id, CancellationToken.None)).OrThrow();
        started = Stopwatch.GetTimestamp();
        var forecast = (
            await services.GetRequiredService<ImportCheck>().RunAsync(id, settings, new Progress<int>(), CancellationToken.None))
            .OrThrow();
        say(
            "check",
            $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s: {forecast.Create:N0} to create, {forecast.Error:N0} errors (in the bench's own process)");

        var import = (await services.GetRequiredService<ImportService>().StartAsync(id, settings, CancellationToken.None)).OrThrow();
        var jobs = services.GetRequiredService<BulkQueries>();
        await MeasureAsync("import", say, jobs, import.Job!);
        await MeasureAsync(
            "undo",
            say,
            jobs,
            (await services.GetRequiredService<BulkService>().UndoAsync(import.Job!.Id, CancellationToken.None)).OrThrow());
    }

    // From the first chunk on: a job that another process wrote down waits for the server's next look.
    private static async Task MeasureAsync(string name, Action<string, FormattableString> say, BulkQueries jobs, BulkJobItem job)
    {
        while (job is { IsRunning: true, Behind: 0 })
        {
            await Task.Delay(5);
            job = (await jobs.GetAsync(job.Id, CancellationToken.None)).OrThrow();
        }

        var (started, before) = (Stopwatch.GetTimestamp(), job.Behind);
        while (job.IsRunning)
        {
            await Task.Delay(20);
            job = (await jobs.GetAsync(job.Id, CancellationToken.None)).OrThrow();
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        say(
            name,
            $"{(job.Behind - before) / seconds:N0} rows/s: {job.Behind - before:N0} rows in {seconds:F1} s; {job.Changed:N0} changed, {job.Unchanged:N0} not, {job.Failed:N0} failed");
    }

    internal static async Task<byte[]> MakeFileAsync(TableFormat format, int rows, int from)
    {
        using var file = new MemoryStream();
        await using (var table = TableWriter.Open(format, file))
        {
            await table.WriteAsync(["First name", "Last name", "Phone", "E-mail", "Company", "City", "Type", "Status", "Source"]);
            for (var index = from; index < from + rows; index++)
            {
                var person = People.Create(index);
                await table.WriteAsync(
                    [
                        person.FirstName, person.LastName, person.Phone, person.Email, person.Company, person.City,
                        person.Type.ToString(), "", ""
                    ]);
            }
        }

        return file.ToArray();
    }

    internal static async Task<long> UploadAsync(Uri server, string email, TableFormat format, byte[] file)
    {
        using var client = new HttpClient { BaseAddress = server };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "sign-in",
            ["Input.Email"] = email,
            ["Input.Password"] = Password,
            ["__RequestVerificationToken"] = await TokenAsync(client, "/account/sign-in"),
        });
        using var signedIn = await client.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form);
        signedIn.EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/contacts/import/upload?name=bench.{format.ToString().ToLowerInvariant()}")
        { Content = new ByteArrayContent(file) };
        request.Headers.Add("RequestVerificationToken", await TokenAsync(client, "/"));
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return long.Parse(Digits().Match(await answer.Content.ReadAsStringAsync()).Value, CultureInfo.InvariantCulture);
    }

    private static async Task<string> TokenAsync(HttpClient client, string page) =>
        Token().Match(await client.GetStringAsync(new Uri(page, UriKind.Relative))).Groups["token"].Value;

    private static void Say(string name, FormattableString what) =>
        Console.WriteLine($"{name,-8} {what.ToString(CultureInfo.InvariantCulture)}");

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}

/// <summary>What the system counts for a process.</summary>
internal sealed class ResidentMemory
{
    private readonly string _folder;

    /// <summary>From now on.</summary>
    public ResidentMemory(int processId)
    {
        _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        File.WriteAllText(Path.Combine(_folder, "clear_refs"), "5"); // forgets the highest so far
    }

    public int Now => Read("VmRSS");

    public int Highest => Read("VmHWM");

    private int Read(string name) => int.Parse(
        File.ReadLines(Path.Combine(_folder, "status"))
            .First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
