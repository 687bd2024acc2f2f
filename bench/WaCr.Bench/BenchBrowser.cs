using System.Globalization;
using Microsoft.Playwright;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Tenancy;

namespace WaCr.Bench;

/// <summary>A real Chromium in which somebody of the bench's workspace is signed in.</summary>
internal sealed class BenchBrowser : IAsyncDisposable
{
    /// <summary>Loads of a page before those that count.</summary>
    public const int Warm = 5;

    private const string Email = "staff@bench.test";
    private const string ColleagueEmail = "colleague@bench.test";
    private const string Password = "a-good-password";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BenchBrowser(IPlaywright playwright, IBrowser browser, IBrowserContext context)
    {
        (_playwright, _browser, Context) = (playwright, browser, context);
    }

    public IBrowserContext Context { get; }

    /// <param name="server">Its address.</param>
    /// <param name="script">Runs at the beginning of each page.</param>
    public static async Task<BenchBrowser> SignInAsync(string server, string? script = null)
    {
        await CreatePeopleAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"
            ],
        });
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = server, ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        if (script is not null)
        {
            await context.AddInitScriptAsync(script);
        }

        await SignInAsync(context, Email);
        return new BenchBrowser(playwright, browser, context);
    }

    /// <summary>A window of its own for a colleague, an agent, who signs in there.</summary>
    public async Task<IBrowserContext> SignInColleagueAsync(Uri server)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.GetLeftPart(UriPartial.Authority),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        await SignInAsync(context, ColleagueEmail);
        return context;
    }

    /// <summary>What each of so many open pages keeps in the server, after full collections.</summary>
    public async Task<double> HeapOfAsync(int pages, int processId, Func<IPage, int, Task> open)
    {
        var before = ManagedHeap.CollectedMegabytesOf(processId);
        for (var index = 0; index < pages; index++)
        {
            await open(await Context.NewPageAsync(), index);
        }

        return (ManagedHeap.CollectedMegabytesOf(processId) - before) / pages;
    }

    public static void Say(string what, List<double> values, string unit, double goal)
    {
        values.Sort();
        var format = unit == "MB" ? "F2" : "F0";
        var (median, worst) = (values[values.Count / 2], values[Math.Min(values.Count - 1, values.Count * 95 / 100)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-21} p50 {median.ToString(format, CultureInfo.InvariantCulture),6} p95 {worst.ToString(format, CultureInfo.InvariantCulture),6} {unit,-3} goal {goal,5} {unit} ({values.Count})"));
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task SignInAsync(IBrowserContext context, string email)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        await page.CloseAsync();
    }

    private static async Task CreatePeopleAsync()
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        foreach (var person in new[]
        {
            new CreateUser(Email, "Gita Grid", Role.Owner, Password), new CreateUser(ColleagueEmail, "Carl Colleague", Role.Agent, Password),
        })
        {
            (await bench.Get<UserService>().CreateAsync(person, CancellationToken.None)).OrThrow();
        }
    }
}
