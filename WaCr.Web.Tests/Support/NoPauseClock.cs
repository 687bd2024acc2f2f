using Microsoft.Extensions.Time.Testing;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// Stands still from <see cref="TestClock.Start"/> on, but a page's short pauses end as soon as they begin: the one after a key, the one
/// between two refreshes. An awaited key then has had its effect, and no test waits.
/// </summary>
internal sealed class NoPauseClock() : FakeTimeProvider(TestClock.Start)
{
    // Above what pages wait for by themselves, below what people see pass: toasts, windows.
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= MaxPause ? TimeSpan.Zero : dueTime, period);
}
