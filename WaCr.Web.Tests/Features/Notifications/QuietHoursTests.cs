using System.Globalization;
using WaCr.Web.Features.Notifications;

namespace WaCr.Web.Tests.Features.Notifications;

/// <summary>When it is quiet: by the clock on the user's wall.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-06-01T16:29:59Z", false)] // 21:59:59
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-06-01T16:30:00Z", true)] // 22:00
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-06-01T20:00:00Z", true)] // 01:30 of the next day
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-06-02T01:29:59Z", true)] // 06:59:59
    [InlineData("22:00", "07:00", "Asia/Kolkata", "2026-06-02T01:30:00Z", false)] // 07:00
    [InlineData("12:00", "13:00", "UTC", "2026-06-01T12:30:00Z", true)]
    [InlineData("12:00", "13:00", "UTC", "2026-06-01T13:00:00Z", false)]
    [InlineData("12:00", "13:00", "UTC", "2026-06-01T23:30:00Z", false)]
    public void QuietHours_CrossMidnight_AndLeaveOutTheirEnd(string from, string to, string zone, string now, bool isQuiet) =>
        Quiet(from, to).IsQuietAt(At(now), zone).ShouldBe(isQuiet);

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", true)] // 01:59, winter time
    [InlineData("2026-03-29T01:00:00Z", true)] // 03:00, an hour was left out
    [InlineData("2026-03-29T04:59:00Z", true)] // 06:59
    [InlineData("2026-03-29T05:00:00Z", false)] // 07:00, in winter it was 06:00
    [InlineData("2026-10-25T04:59:00Z", true)] // 05:59, summer time ended
    [InlineData("2026-10-25T05:59:00Z", true)] // 06:59
    [InlineData("2026-10-25T06:00:00Z", false)] // 07:00
    public void QuietHours_EndByTheWallClock_InANightThatChangesToSummerTimeOrBack(string now, bool isQuiet) =>
        Quiet("22:00", "07:00").IsQuietAt(At(now), "Europe/Paris").ShouldBe(isQuiet);

    [Fact]
    public void QuietHours_LeaveTheBell()
    {
        var settings = Quiet("00:00", "23:59")
            .With(NotificationKind.Mention, NotificationWays.Sound, isOn: true)
            .With(NotificationKind.Mention, NotificationWays.Push, isOn: true);

        settings.WaysAt(NotificationKind.Mention, At("2026-06-01T12:00:00Z"), "UTC").ShouldBe(NotificationWays.Bell);
        settings.Of(NotificationKind.Mention).ShouldBe(NotificationWays.Bell | NotificationWays.Sound | NotificationWays.Push);
    }

    [Fact]
    public void WithoutAChoice_TheBellTellsAllButNewMessages_AndNothingSounds() =>
        NotificationSettings.Kinds.Select(new NotificationSettings().Of).ShouldBe(
            [
                NotificationWays.None, NotificationWays.None, NotificationWays.Bell, NotificationWays.Bell, NotificationWays.Bell,
                NotificationWays.Bell,
            ]);

    private static NotificationSettings Quiet(string from, string to) => new()
    {
        QuietFrom = TimeOnly.Parse(from, CultureInfo.InvariantCulture),
        QuietTo = TimeOnly.Parse(to, CultureInfo.InvariantCulture),
    };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
