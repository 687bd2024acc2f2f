using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class GraphVersionsTests
{
    [Theory]
    [InlineData("v25.0", "2026-11-30", null)]
    [InlineData("v21.0", "2026-11-30", "2027-01-21 False")]
    [InlineData("v21.0", "2026-10-01", null)]
    [InlineData("v21.0", "2027-01-21", "2027-01-21 False")]
    [InlineData("v21.0", "2027-01-22", "2027-01-21 True")]
    [InlineData("v13.0", "2026-11-30", "2026-09-24 True")]
    [InlineData("v99.0", "2026-11-30", null)]
    public void AVersion_IsWarnedOfThreeMonthsBeforeItsEnd(string version, string today, string? expected)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(today + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

        var found = new GraphVersionCheck(Options.Create(new WhatsAppOptions { Version = version }), time).Find();

        (found is null ? null : $"{found.EndsOn:yyyy-MM-dd} {found.HasEnded}").ShouldBe(expected);
    }
}
