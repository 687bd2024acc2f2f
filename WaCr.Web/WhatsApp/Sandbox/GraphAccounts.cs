using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Numbers and accounts as Graph describes them.</summary>
internal sealed class GraphAccounts(GraphAccess access)
{
    public static GraphAnswer? FindNumber(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        numbers.FirstOrDefault(number => number.PhoneNumberId == id) is { } number
            ? GraphAnswer.Ok(GraphFields.Only(Write(number), fields))
            : null;

    public static GraphAnswer? FindAccount(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        numbers.FirstOrDefault(number => number.BusinessAccountId == id) is { } number
            ? GraphAnswer.Ok(
                GraphFields.Only(
                    new JsonObject
                    {
                        ["id"] = id,
                        ["name"] = number.VerifiedName,
                        ["timezone_id"] = "1",
                        ["currency"] = "USD",
                        ["country"] = "US",
                        ["account_review_status"] = "APPROVED",
                        ["business_verification_status"] = "verified",
                        ["owner_business_info"] = new JsonObject { ["id"] = "3" + id, ["name"] = number.VerifiedName },
                        ["health_status"] = Health(number),
                    },
                    fields))
            : null;

    public GraphAnswer ListNumbers(string? token, string account, string? fields) =>
        OnAccount(token, account, numbers => GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. numbers.Select(number => GraphFields.Only(Write(number), fields))]),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZD", ["after"] = "MjQZD" } },
        }));

    public GraphAnswer OnAccount(string? token, string account, Func<IReadOnlyList<SandboxNumber>, GraphAnswer> work) => access.Serve(
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
        ["quality_rating"] = number.Quality,
        ["code_verification_status"] = "VERIFIED",
        ["status"] = number.IsRegistered ? number.Status : "PENDING",
        ["name_status"] = number.NameStatus,
        ["platform_type"] = number.IsRegistered ? "CLOUD_API" : "NOT_APPLICABLE",
        ["throughput"] = new JsonObject { ["level"] = number.Throughput },
        ["whatsapp_business_manager_messaging_limit"] = number.MessagingLimit,
        ["webhook_configuration"] = new JsonObject { ["application"] = number.WebhookUrl?.AbsoluteUri },
        ["health_status"] = Health(number),
    };

    private static JsonObject Health(SandboxNumber number)
    {
        var account = new JsonObject
        {
            ["entity_type"] = "WABA",
            ["id"] = number.BusinessAccountId,
            ["can_send_message"] = number.IsUnpaid ? "BLOCKED" : "AVAILABLE",
        };
        if (number.IsUnpaid)
        {
            account["errors"] = new JsonArray(new JsonObject
            {
                ["error_code"] = 141006,
                ["error_description"] = "There is an error with the payment method. This will block business initiated conversations.",
                ["possible_solution"] =
                    "There was an error with your payment method. Please add a new payment method to the account.",
            });
        }

        return new JsonObject
        {
            ["can_send_message"] = number.IsUnpaid ? "BLOCKED" : "AVAILABLE",
            ["entities"] = new JsonArray(
                new JsonObject
                {
                    ["entity_type"] = "PHONE_NUMBER",
                    ["id"] = number.PhoneNumberId,
                    ["can_send_message"] = number.Status == "CONNECTED" ? "AVAILABLE" : "LIMITED",
                },
                account),
        };
    }
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
