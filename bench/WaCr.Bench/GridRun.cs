using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using static WaCr.Bench.BenchBrowser;

namespace WaCr.Bench;

/// <summary>The list of contacts in a real browser: how soon it is there, how fast it turns, what it sends, what an open one
/// keeps.</summary>
internal static class GridRun
{
    private const int Loads = 15;
    private const int Turns = 40;
    private const int OpenPages = 10;

    // As the search box waits after the last letter.
    private const int Debounce = 250;

    // When the rows are painted, and when the circuit has taken the page over; since the navigation began.
    private const string Watch = """
        window.seen = {};
        const look = () => {
          const painted = performance.getEntriesByName('first-contentful-paint').length > 0;
          if (!seen.rows && painted && document.querySelector('table.contacts tbody tr')) seen.rows = performance.now();
          if (!seen.live && document.querySelector('.shell[data-live]')) seen.live = performance.now();
          if (!seen.rows || !seen.live) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    private const string UntilOtherRows = """
        act => new Promise((done, failed) => {
          const rows = () => [...document.querySelectorAll('table.contacts tbody .cell-name a')].map(name => name.id).join();
          const before = rows();
          const body = document.querySelector('main');
          const watch = new MutationObserver(() => {
            if (rows() !== before) { watch.disconnect(); done(performance.now() - started); }
          });
          setTimeout(() => failed(new Error('The same rows are still there after ' + act)), 20000);
          watch.observe(body, { childList: true, subtree: true, attributes: true, characterData: true });
          const started = performance.now();
          if (act === null) {
            document.querySelector('.pager a[rel=next]').click();
          } else {
            const search = document.querySelector('input[type=search]');
            search.value = act;
            search.dispatchEvent(new Event('input', { bubbles: true }));
          }
        })
        """;

    public static async Task RunAsync(string server, int processId, string termsFile)
    {
        await using var browser = await BenchBrowser.SignInAsync(server, Watch);
        var page = await browser.Context.NewPageAsync();
        await LoadAsync(page);
        await TurnAsync(page);
        await SearchAsync(
            page,
            (await File.ReadAllLinesAsync(termsFile))
                .Where(term => term.Length is > 3 and < 8 && term.All(char.IsAsciiLetterLower))
                .Distinct()
                .Take(Turns + 5)
                .ToList());
        await BulkAsync(page);
        await page.CloseAsync();
        Say("heap per open page", [await browser.HeapOfAsync(OpenPages, processId, OpenAsync)], "MB", 1);
    }

    private static async Task LoadAsync(IPage page)
    {
        var (rows, live, inward, outward) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var load = 0; load < Warm + Loads; load++)
        {
            var (received, sent) = (0L, 0L);
            void Count(object? sender, IWebSocket socket)
            {
                socket.FrameReceived += (_, frame) => received += frame.Binary?.Length ?? frame.Text?.Length ?? 0;
                socket.FrameSent += (_, frame) => sent += frame.Binary?.Length ?? frame.Text?.Length ?? 0;
            }

            page.WebSocket += Count;
            await page.GotoAsync("/contacts");
            await page.WaitForFunctionAsync("() => seen.rows && seen.live");
            page.WebSocket -= Count;
            if (load >= Warm)
            {
                rows.Add(await page.EvaluateAsync<double>("() => seen.rows"));
                live.Add(await page.EvaluateAsync<double>("() => seen.live"));
                inward.Add(received / 1024.0);
                outward.Add(sent / 1024.0);
            }
        }

        Say("rows visible", rows, "ms", 350);
        Say("interactive", live, "ms", 500);
        Say("socket, first load", [.. inward.Zip(outward, (one, other) => one + other)], "KB", 150);
        Say("  of it received", inward, "KB", 150);
    }

    private static async Task TurnAsync(IPage page)
    {
        var times = new List<double>();
        for (var turn = 0; turn < Turns + 5; turn++)
        {
            var time = await page.EvaluateAsync<double>(UntilOtherRows, null);
            if (turn >= 5)
            {
                times.Add(time);
            }
        }

        Say("next page", times, "ms", 60);
    }

    private static async Task SearchAsync(IPage page, List<string> terms)
    {
        var times = new List<double>();
        foreach (var term in terms)
        {
            await page.GotoAsync("/contacts");
            await page.Locator(".shell[data-live]").WaitForAsync();
            times.Add(await page.EvaluateAsync<double>(UntilOtherRows, term) - Debounce);
        }

        Say("search to rows", times[5..], "ms", 100);
    }

    // Somebody turns pages while the job, started from the same page, works on all.
    private static async Task BulkAsync(IPage page)
    {
        await page.GotoAsync("/contacts");
        await page.Locator(".shell[data-live]").WaitForAsync();
        await page.GetByLabel("Select this page").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "that match" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Selection" })
            .GetByRole(AriaRole.Button, new() { Name = "Status", Exact = true })
            .ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        await sheet.GetByLabel("Status").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await sheet.GetByRole(AriaRole.Button, new() { Name = "contacts" }).ClickAsync();
        var started = Stopwatch.GetTimestamp();
        var watch = page.Locator(".bulk-watch");
        await watch.GetByRole(AriaRole.Progressbar).WaitForAsync();
        var turns = new List<double>();
        var changed = watch.GetByText("contacts changed");
        while (await changed.CountAsync() == 0)
        {
            turns.Add(await page.EvaluateAsync<double>(UntilOtherRows, null));
        }

        Say("status of all", [Stopwatch.GetElapsedTime(started).TotalMilliseconds], "ms", 15_000);
        Say("  next page meanwhile", turns, "ms", 200);
    }

    private static async Task OpenAsync(IPage page, int index)
    {
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/contacts?page={index + 1}"));
        await page.Locator(".shell[data-live]").WaitForAsync();
    }
}
