using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Numbers and accounts as Graph describes them.</summary>
internal sealed class GraphAccounts(SandboxWorld world, GraphAccess access)
{
    public static GraphAnswer? FindNumber(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        numbers.FirstOrDefault(number => number.PhoneNumberId == id) is { } number
            ? GraphAnswer.Ok(GraphFields.Only(Write(number), fields))
            : null;

    public static GraphAnswer? FindAccount(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        numbers.FirstOrDefault(number => number.BusinessAccountId == id) is { } number
            ? GraphAnswer.Ok(
                GraphFields.Only(
                    new JsonObject { ["id"] = id, ["name"] = number.VerifiedName, ["timezone_id"] = "1", ["currency"] = "USD" }, fields))
            : null;

    public GraphAnswer ListNumbers(string? token, string account, string? fields) =>
        OnAccount(token, account, numbers => GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. numbers.Select(number => GraphFields.Only(Write(number), fields))]),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZD", ["after"] = "MjQZD" } },
        }));

    public GraphAnswer Subscriptions(string? token, string account) => OnAccount(token, account, numbers => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray(new JsonObject
        {
            ["whatsapp_business_api_data"] = new JsonObject
            {
                ["id"] = "900000000000001",
                ["name"] = "WaCr sandbox app",
                ["link"] = "https://example.com",
            },
            ["override_callback_uri"] = numbers[0].WebhookUrl?.AbsoluteUri,
        }),
    }));

    /// <summary>Sets the webhook URL; the caller has already verified that it answers.</summary>
    public GraphAnswer Subscribe(string? token, string account, Uri? address, string? verifyToken) => OnAccount(token, account, numbers =>
    {
        foreach (var number in numbers)
        {
            world.PutNumber(number with { WebhookUrl = address ?? number.WebhookUrl, VerifyToken = verifyToken ?? number.VerifyToken });
        }

        return GraphAnswer.Success();
    });

    public GraphAnswer DebugToken(string? token, string? input) => access.Serve(new(token, "token"), _ =>
    {
        var found = world.Numbers.FirstOrDefault(number => number.AccessToken == input);
        var data = new JsonObject
        {
            ["is_valid"] = found is { TokenState: not SandboxTokenState.Expired },
            ["type"] = "SYSTEM_USER",
            ["expires_at"] = 0,
        };
        if (found is not null)
        {
            data["app_id"] = GraphSamples.AppOf(found);
            data["scopes"] = found.TokenState == SandboxTokenState.WithoutPermission
                ? []
                : new JsonArray("whatsapp_business_messaging", "whatsapp_business_management");
        }

        return GraphAnswer.Ok(new JsonObject { ["data"] = data });
    });

    private GraphAnswer OnAccount(string? token, string account, Func<IReadOnlyList<SandboxNumber>, GraphAnswer> work) => access.Serve(
        new(token, "number"),
        numbers =>
            numbers.Where(number => number.BusinessAccountId == account).ToList() is { Count: > 0 } own
                ? work(own)
                : access.Refuse(Refusal.Unknown(account)));

    private static JsonObject Write(SandboxNumber number) => new()
    {
        ["id"] = number.PhoneNumberId,
        ["display_phone_number"] = "+" + number.Phone,
        ["verified_name"] = number.VerifiedName,
        ["quality_rating"] = "GREEN",
        ["code_verification_status"] = "VERIFIED",
        ["platform_type"] = "CLOUD_API",
        ["throughput"] = new JsonObject { ["level"] = "STANDARD" },
        ["whatsapp_business_manager_messaging_limit"] = "TIER_1K",
    };
}

internal static class GraphFields
{
    /// <summary>The requested fields, and always the id.</summary>
    public static JsonObject Only(JsonObject all, string? fields)
    {
        if (fields is null)
        {
            return all;
        }

        var asked = fields.Split(',', StringSplitOptions.TrimEntries).Append("id").ToHashSet(StringComparer.Ordinal);
        return new JsonObject(
            all.Where(field => asked.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }
}
