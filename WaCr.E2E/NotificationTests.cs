using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WaCr.E2E;

[Collection(StaffApp.Collection)]
public sealed class NotificationTests(StaffApp app)
{
    // Tones are counted instead of heard.
    private const string Deaf = """
        window.tones = 0;
        window.AudioContext = class {
          currentTime = 0;
          destination = {};
          async resume() { }
          createGain() {
            const gain = { setValueAtTime() { }, linearRampToValueAtTime() { }, exponentialRampToValueAtTime() { } };
            return { gain, connect: to => to };
          }
          createOscillator() { return { frequency: {}, connect: to => to, start() { window.tones++; }, stop() { } }; }
        };
        """;

    // WaitForFunction takes a promise for an answer, so the page looks again by itself.
    private const string Shown = """
        async () => {
          const worker = await navigator.serviceWorker.ready;
          for (;;) {
            const [one] = await worker.getNotifications();
            if (one) {
              return { body: one.body, tag: one.tag };
            }
            await new Promise(again => setTimeout(again, 50)); // by the clock: a window that is covered draws no frames
          }
        }
        """;

    [Fact]
    public async Task A_chosen_kind_sounds_and_a_push_shows_fixed_words_and_opens_its_page()
    {
        await using var staff = await app.SignInToWholeBrowserAsync("agent@demo.test");
        var page = staff.Page;
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.AddInitScriptAsync(Deaf);
        await staff.GotoAsync("/settings/notifications");
        await Expect(staff.Heading).ToHaveTextAsync("Notifications");
        await page.GetByLabel("New message in an unassigned conversation: Sound").CheckAsync();
        await page.GetByLabel("New message in your conversations: Sound").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();

        await app.SayAsync("+12025550193", "Is somebody there?");
        await page.WaitForFunctionAsync("() => window.tones > 0");

        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => keepNotificationTexts())");
        await PushAsync(page, """{"kind":"Mention","id":1,"workspace":0}""");
        var shown = await page.EvaluateAsync<JsonElement>(Shown).WaitAsync(TimeSpan.FromSeconds(60));
        shown.GetProperty("body").GetString().ShouldBe("A colleague mentioned you");
        shown.GetProperty("tag").GetString().ShouldBe("/conversations/1");

        // What the worker says to the page when a notification is pressed.
        await page.EvaluateAsync("""
            () => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {
              data: { open: '/conversations/1', workspace: document.querySelector('.shell').dataset.workspace },
            }))
            """);
        await page.WaitForURLAsync("**/conversations/1");
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_for_the_site_shows_its_pages_nonetheless()
    {
        await using var staff = await app.SignInAsync("agent@demo.test");
        await staff.Page.AddInitScriptAsync("""
            ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new DOMException('No storage', 'SecurityError'));
            """);

        await staff.GotoAsync("/settings/notifications");

        await Expect(staff.Page.Locator("[data-push]")).ToBeVisibleAsync();
    }

    // The browser delivers it as if its push service had sent it.
    private async Task PushAsync(IPage page, string data)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        cdp.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var registration in told!.Value.GetProperty("registrations").EnumerateArray()
                .Where(known => !known.GetProperty("isDeleted").GetBoolean()))
            {
                found.TrySetResult(registration.GetProperty("registrationId").GetString()!);
            }
        };
        await cdp.SendAsync("ServiceWorker.enable");
        await cdp.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>
        {
            ["origin"] = app.Address.TrimEnd('/'),
            ["registrationId"] = await found.Task.WaitAsync(TimeSpan.FromSeconds(30)),
            ["data"] = data,
        });
    }
}
