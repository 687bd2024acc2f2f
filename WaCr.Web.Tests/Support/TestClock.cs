using Microsoft.Extensions.Time.Testing;

namespace WaCr.Web.Tests.Support;

/// <summary>The moment at which most tests begin.</summary>
internal static class TestClock
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static FakeTimeProvider Create() => new(Start);
}
