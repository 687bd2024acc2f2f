using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What may happen to a number or its account.</summary>
public enum SandboxAccountEvent
{
    QualityFlagged,
    QualityUnflagged,
    LimitLowered,
    LimitRaised,
    ThroughputRaised,
    NameApproved,
    NameRejected,
    Restricted,
    Violation,
    Disabled,
    Reinstated,
    AlertRaised,
    AlertResolved,
    ReviewRejected,
    ReviewApproved,
    CapabilityChanged,
    PinChanged,
}

/// <summary>Events of an account: what a read shows changes, and then the webhook comes.</summary>
internal static class AccountEvents
{
    private static readonly string[] Tiers = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"];
    private static readonly TimeSpan Restriction = TimeSpan.FromDays(7);

    public static void Raise(SandboxWorld world, SandboxNumber number, SandboxAccountEvent happened)
    {
        var (after, field, value) = Of(number, happened, world.Clock.Now);
        world.PutNumber(after);
        world.Show();
        world.NotifyWithDuplicates(after, field, value);
    }

    private static (SandboxNumber After, string Field, JsonObject Value) Of(
        SandboxNumber number, SandboxAccountEvent happened, DateTimeOffset now) => happened switch
        {
            SandboxAccountEvent.QualityFlagged => Quality(number with { Quality = "RED", Status = "FLAGGED" }, "FLAGGED"),
            SandboxAccountEvent.QualityUnflagged => Quality(number with { Quality = "GREEN", Status = "CONNECTED" }, "UNFLAGGED"),
            SandboxAccountEvent.LimitLowered => Quality(number with { MessagingLimit = Tier(number, -1) }, "DOWNGRADE", number.MessagingLimit),
            SandboxAccountEvent.LimitRaised => Quality(number with { MessagingLimit = Tier(number, 1) }, "UPGRADE", number.MessagingLimit),
            SandboxAccountEvent.ThroughputRaised => Quality(number with { Throughput = "HIGH" }, "THROUGHPUT_UPGRADE"),
            SandboxAccountEvent.NameApproved => Name(number with { NameStatus = "APPROVED" }, "APPROVED"),
            SandboxAccountEvent.NameRejected => Name(number with { NameStatus = "DECLINED" }, "REJECTED"),
            SandboxAccountEvent.Restricted => (number, "account_update", new JsonObject
            {
                ["event"] = "ACCOUNT_RESTRICTION",
                ["restriction_info"] = new JsonArray(new JsonObject
                {
                    ["restriction_type"] = "RESTRICTED_BIZ_INITIATED_MESSAGING",
                    ["expiration"] = (now + Restriction).ToUnixTimeSeconds(),
                }),
            }),
            SandboxAccountEvent.Violation => (number, "account_update", new JsonObject
            {
                ["event"] = "ACCOUNT_VIOLATION",
                ["violation_info"] = new JsonObject { ["violation_type"] = "SCAM" },
            }),
            SandboxAccountEvent.Disabled => (number with { Status = "BANNED" }, "account_update", Ban("DISABLE")),
            SandboxAccountEvent.Reinstated => (number with { Status = "CONNECTED" }, "account_update", Ban("REINSTATE")),
            SandboxAccountEvent.AlertRaised => (number, "account_alerts", Alert(number, "CRITICAL", "ACTIVE")),
            SandboxAccountEvent.AlertResolved => (number, "account_alerts", Alert(number, "INFORMATIONAL", "RESOLVED")),
            SandboxAccountEvent.ReviewRejected => (number, "account_review_update", new JsonObject { ["decision"] = "REJECTED" }),
            SandboxAccountEvent.ReviewApproved => (number, "account_review_update", new JsonObject { ["decision"] = "APPROVED" }),
            SandboxAccountEvent.CapabilityChanged => (number with { MessagingLimit = "TIER_10K" }, "business_capability_update", new JsonObject
            {
                ["max_daily_conversations_per_business"] = "TIER_10K",
                ["max_phone_numbers_per_business"] = 20,
            }),
            _ => (number, "security", new JsonObject
            {
                ["display_phone_number"] = number.Phone,
                ["event"] = "PIN_CHANGED",
                ["requester"] = "3" + number.BusinessAccountId,
            }),
        };

    private static (SandboxNumber After, string Field, JsonObject Value) Quality(SandboxNumber after, string word, string? before = null)
    {
        var value = new JsonObject
        {
            ["display_phone_number"] = after.Phone,
            ["event"] = word,
            ["current_limit"] = after.MessagingLimit,
        };
        if (before is not null)
        {
            value["old_limit"] = before;
        }

        return (after, "phone_number_quality_update", value);
    }

    private static (SandboxNumber After, string Field, JsonObject Value) Name(SandboxNumber after, string decision) =>
        (after, "phone_number_name_update", new JsonObject
        {
            ["display_phone_number"] = after.Phone,
            ["decision"] = decision,
            ["requested_verified_name"] = after.VerifiedName,
            ["rejection_reason"] = decision == "REJECTED" ? "NAME_NOT_CONSISTENT" : null,
        });

    private static JsonObject Ban(string state) => new()
    {
        ["event"] = "DISABLED_UPDATE",
        ["ban_info"] = new JsonObject { ["waba_ban_state"] = state },
    };

    private static JsonObject Alert(SandboxNumber number, string severity, string status) => new()
    {
        ["entity_type"] = "WABA",
        ["entity_id"] = number.BusinessAccountId,
        ["alert_info"] = new JsonObject
        {
            ["alert_severity"] = severity,
            ["alert_status"] = status,
            ["alert_type"] = "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
            ["alert_description"] = "The portfolio's limit is not raised before its business is verified.",
        },
    };

    private static string Tier(SandboxNumber number, int step) =>
        Tiers[Math.Clamp(Array.IndexOf(Tiers, number.MessagingLimit) + step, 0, Tiers.Length - 1)];
}
