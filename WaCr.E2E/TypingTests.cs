using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace WaCr.E2E;

/// <summary>Typing into every field of the app over a slow network: the server answers earlier letters while later ones are typed.</summary>
[Collection(StaffApp.Collection)]
public sealed class TypingTests(StaffApp app)
{
    // Marks the fields that somebody can type into, so that each is found again whatever the page does meanwhile.
    private const string Fields = """
        () => [...document.querySelectorAll('input, textarea')]
          .filter(f => f.checkVisibility() && !f.readOnly && !f.disabled
            && (f.tagName === 'TEXTAREA' || ['text', 'search', 'email', 'tel', 'url', 'password'].includes(f.type)))
          .map((f, i) => { f.dataset.typed = i; return (f.labels?.[0]?.textContent || f.ariaLabel || f.placeholder || f.id || '').trim(); })
        """;

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WACR_TEST_DEEP") == "1";

    /// <summary>Milliseconds of a round trip, and from key to key.</summary>
    public static TheoryData<int, int> Networks => IsDeep
        ? new() { { 40, 60 }, { 40, 100 }, { 120, 60 }, { 120, 100 }, { 200, 60 }, { 200, 100 } }
        : new() { { 120, 60 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task No_letter_is_lost_in_any_field(int roundTrip, int keyToKey)
    {
        await using var network = new SlowNetwork(app.Address, TimeSpan.FromMilliseconds(roundTrip));
        var left = new ConcurrentQueue<Look>(AppRoutes.Everywhere.DistinctBy(look => look.Route));
        var wrong = new ConcurrentBag<string>();
        var typedInto = 0;
        await Task.WhenAll(WindowAsync(), WindowAsync());

        wrong.Order(StringComparer.Ordinal).ShouldBeEmpty();
        typedInto.ShouldBeGreaterThan(40);

        async Task WindowAsync()
        {
            await using var staff = await app.SignInAsync("owner@demo.test", at: network.Address);
            while (left.TryDequeue(out var look))
            {
                await (look.HasCircuit ? staff.GotoAsync(look.Path) : staff.Page.GotoAsync(look.Path));
                // A page that comes up takes the focus, which would end the typing.
                await staff.Page.WaitForFunctionAsync("live => !live || document.activeElement !== document.body", look.HasCircuit);
                await network.QuietAsync();
                var fields = await staff.Page.EvaluateAsync<string[]>(Fields);
                for (var i = 0; i < fields.Length; i++)
                {
                    if (await TypeAsync(staff, i) is { } difference)
                    {
                        wrong.Add($"{look.Path} “{fields[i]}”: {difference}");
                    }

                    Interlocked.Increment(ref typedInto);
                }
            }
        }

        async Task<string?> TypeAsync(StaffPage staff, int index)
        {
            const string Letters = "quick fox";
            var field = staff.Page.Locator($"[data-typed='{index}']");
            if (await field.CountAsync() == 0 || !await field.IsVisibleAsync())
            {
                return null; // What was typed before took it away.
            }

            await field.FocusAsync();
            await staff.Page.Keyboard.PressAsync("End");
            var before = await field.InputValueAsync();
            await staff.Page.Keyboard.TypeAsync(Letters, new() { Delay = keyToKey });
            await network.QuietAsync();
            var room = await field.EvaluateAsync<int>("f => f.maxLength");
            var expected = before + Letters;
            expected = room >= 0 && expected.Length > room ? expected[..room] : expected;
            var (after, caret) = (await field.InputValueAsync(), await field.EvaluateAsync<int?>("f => f.selectionStart"));
            return after != expected ? $"“{before}” became “{after}”"
                : caret is { } at && at != after.Length ? $"the caret stands at {at} of {after.Length}"
                : null;
        }
    }
}
