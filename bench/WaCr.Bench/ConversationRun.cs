using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp.Sandbox;
using static WaCr.Bench.BenchBrowser;

namespace WaCr.Bench;

/// <summary>The conversations in a real browser: how soon list and thread are there, how fast what is said travels, what an open page
/// keeps.</summary>
internal static class ConversationRun
{
    private const int Loads = 15;
    private const int Turns = 25;
    private const int OpenPages = 10;

    // With 5,000 messages, see ConversationFill.
    private const long LongThread = 1;

    private const string Watch = """
        window.seen = {};
        const look = () => {
          const painted = performance.getEntriesByName('first-contentful-paint').length > 0;
          if (!seen.rows && painted && document.querySelector('.inbox-list li')) seen.rows = performance.now();
          if (!seen.live && document.querySelector('.shell[data-live]')) seen.live = performance.now();
          if (!seen.rows || !seen.live) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);

        // Resolves with the milliseconds from the act to the first frame in which there is what was looked for, one number for each.
        window.timed = (act, ...finds) => new Promise((done, failed) => {
          const times = [];
          const watch = new MutationObserver(() => {
            while (times.length < finds.length && finds[times.length]()) times.push(performance.now() - started);
            if (times.length === finds.length) { watch.disconnect(); done(times); }
          });
          setTimeout(() => failed(new Error('Nothing came')), 20000);
          watch.observe(document.querySelector('main'), { childList: true, subtree: true, attributes: true, characterData: true });
          const started = performance.now();
          act();
        });
        window.bubbleOf = (text, more) => [...document.querySelectorAll('.thread-lines .bubble')].reverse().find(bubble => bubble.querySelector('.text')?.textContent === text && (!more || bubble.querySelector(more)));
        """;

    private const string Open = """
        id => timed(
          () => document.querySelector(`.inbox-list a[href^="/conversations/${id}"], .inbox-list a[href^="conversations/${id}"]`).click(),
          () => location.pathname.endsWith('/' + id) && document.querySelector('.thread-lines .bubble') && document.querySelector('.composer textarea'))
        """;

    private const string Receive = """
        ({ body, signature, text }) => timed(
          () => fetch('/webhooks/whatsapp', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature }, body }),
          () => bubbleOf(text))
        """;

    private const string Send = """
        text => {
          const field = document.querySelector('.composer textarea');
          field.value = text;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          return timed(
            () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })),
            () => [...document.querySelectorAll('.thread-lines .sending p, .thread-lines .bubble .text')].some(said => said.textContent === text),
            () => bubbleOf(text, '.ticks') && bubbleOf(text, '.ticks').querySelector('.ticks').getAttribute('aria-label') !== 'Waiting to be sent');
        }
        """;

    public static async Task RunAsync(string server, int processId)
    {
        await using var browser = await BenchBrowser.SignInAsync(server, Watch);
        var page = await browser.Context.NewPageAsync();
        await LoadAsync(page);
        await OpenThreadAsync(page);
        await ReceiveAsync(page, await WaIdAsync());
        await SendAsync(page);
        await page.CloseAsync();
        Say("heap per open page", [await browser.HeapOfAsync(OpenPages, processId, (other, i) => ShowAsync(other, i + 2))], "MB", 1.2);
    }

    private static async Task LoadAsync(IPage page)
    {
        var (rows, live) = (new List<double>(), new List<double>());
        for (var load = 0; load < Warm + Loads; load++)
        {
            await page.GotoAsync("/conversations");
            await page.WaitForFunctionAsync("() => seen.rows && seen.live");
            if (load >= Warm)
            {
                rows.Add(await page.EvaluateAsync<double>("() => seen.rows"));
                live.Add(await page.EvaluateAsync<double>("() => seen.live"));
            }
        }

        Say("list visible", rows, "ms", 600);
        Say("list interactive", live, "ms", 600);
    }

    private static async Task OpenThreadAsync(IPage page)
    {
        var times = new List<double>();
        for (var turn = 0; turn < Warm + Turns; turn++)
        {
            await page.GotoAsync("/conversations");
            await page.Locator(".shell[data-live]").WaitForAsync();
            times.Add((await page.EvaluateAsync<double[]>(Open, LongThread))[0]);
        }

        Say("thread of 5,000", times[Warm..], "ms", 300);
    }

    private static async Task ReceiveAsync(IPage page, string waId)
    {
        await ShowAsync(page, LongThread);
        var number = SandboxNumber.Shipped[0];
        var times = new List<double>();
        for (var turn = 0; turn < Warm + Turns; turn++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Is order {turn} there yet?");
            var inbound = InboundText.From(number, waId, string.Create(CultureInfo.InvariantCulture, $"wamid.in.{turn}"), text);
            times.Add((await page.EvaluateAsync<double[]>(Receive, new { body = inbound.Body, signature = inbound.Signature, text }))[0]);
        }

        Say("webhook to bubble", times[Warm..], "ms", 300);
    }

    private static async Task SendAsync(IPage page)
    {
        var (bubbles, ticks) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Warm + Turns; turn++)
        {
            var times = await page.EvaluateAsync<double[]>(
                Send, string.Create(CultureInfo.InvariantCulture, $"Order {turn} is on its way"));
            bubbles.Add(times[0]);
            ticks.Add(times[1]);
        }

        Say("key to bubble", bubbles[Warm..], "ms", 50);
        Say("key to first tick", ticks[Warm..], "ms", 500);
    }

    private static async Task ShowAsync(IPage page, long id)
    {
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/conversations/{id}"));
        await page.Locator(".shell[data-live]").WaitForAsync();
        await page.Locator(".composer textarea:not([readonly])").WaitForAsync();
    }

    private static async Task<string> WaIdAsync()
    {
        await using var bench = await BenchServices.BuildAsync();
        (await bench.Get<TenantService>().EnterAsync("bench", ChangeOrigin.CommandLine, CancellationToken.None)).OrThrow();
        await using var db = await bench.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return (
            await db.Conversations.Where(conversation => conversation.Id == LongThread)
                .Select(conversation => conversation.WaId)
                .SingleAsync())!;
    }
}
