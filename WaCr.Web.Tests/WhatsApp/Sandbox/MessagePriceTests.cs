using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

public sealed class MessagePriceTests
{
    [Theory]
    [InlineData("2026-09-30T23:59:59Z", null, 1, "service", false, "free_customer_service")]
    [InlineData("2026-10-01T00:00:00Z", null, 1, "service", true, "regular")]
    [InlineData("2026-09-30T12:00:00Z", "UTILITY", 1, "utility", false, "free_customer_service")]
    [InlineData("2026-09-30T12:00:00Z", "UTILITY", 25, "utility", true, "regular")]
    [InlineData("2026-10-01T12:00:00Z", "UTILITY", 1, "utility", true, "regular")]
    [InlineData("2026-09-30T12:00:00Z", "MARKETING", 1, "marketing", true, "regular")]
    public void Answers_AreFreeBeforeOctober2026_AndChargedSince(
        string at, string? template, int hoursSinceTheyWrote, string category, bool billable, string type)
    {
        var message = new SandboxMessage
        {
            Id = "wamid.1",
            PhoneNumberId = "1",
            Customer = "447700900123",
            FromCustomer = false,
            Type = "text",
            Text = "Hi",
            Category = template?.ToLowerInvariant(),
            At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
        };

        var pricing = MessagePrice.Of(message, message.At.AddHours(-hoursSinceTheyWrote));

        ((string)pricing["category"]!, (bool)pricing["billable"]!, (string)pricing["type"]!, (string)pricing["pricing_model"]!)
            .ShouldBe((category, billable, type, "PMP"));
    }
}
