using WaCr.Web.Features.Messaging.Outbox;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class GcraPacerTests
{
    private static readonly DateTimeOffset Start = TestClock.Start;

    [Fact]
    public void Recipient_GetsFortyFiveAtOnce_ThenOneEverySixSeconds()
    {
        var pace = GcraPacer.OfRecipient;

        pace.Allows(null, Start).ShouldBe(45);
        var spent = pace.Spend(null, Start, 45);
        pace.Allows(spent, Start).ShouldBe(0);
        pace.Allows(spent, Start.AddSeconds(5.9)).ShouldBe(0);
        pace.Allows(spent, Start.AddSeconds(6)).ShouldBe(1);
        pace.NextAt(spent).ShouldBe(Start.AddSeconds(6));
        pace.Allows(spent, Start.AddHours(1)).ShouldBe(45);
    }

    [Fact]
    public void Number_KeepsItsRate_OverAnySecond()
    {
        var pace = GcraPacer.OfNumber(80);
        DateTimeOffset? spent = null;
        var left = new List<DateTimeOffset>();
        for (var now = Start; now < Start.AddSeconds(10); now = now.AddMilliseconds(50))
        {
            var count = pace.Allows(spent, now);
            spent = count > 0 ? pace.Spend(spent, now, count) : spent;
            left.AddRange(Enumerable.Repeat(now, count));
        }

        left.Count.ShouldBeInRange(795, 812);
        left.Max(at => left.Count(other => other >= at && other < at.AddSeconds(1))).ShouldBeLessThanOrEqualTo(91);
    }

    [Fact]
    public void Blocked_LetsNothingLeaveBefore()
    {
        var pace = GcraPacer.OfRecipient;
        var spent = pace.Blocked(Start.AddSeconds(16));

        pace.Allows(spent, Start.AddSeconds(15.9)).ShouldBe(0);
        pace.Allows(spent, Start.AddSeconds(16)).ShouldBe(1);
    }
}
