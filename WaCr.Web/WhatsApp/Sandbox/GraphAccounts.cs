using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Numbers and accounts as Graph describes them.</summary>
internal sealed class GraphAccounts(SandboxWorld world, GraphAccess access)
{
    private const string Portfolio = "3";

    /// <param name="automation">The openers and commands of a number, shown to those who ask for them.</param>
    public static GraphAnswer? FindNumber(
        string id, string? fields, IReadOnlyList<SandboxNumber> numbers, Func<string, JsonObject> automation)
    {
        if (numbers.FirstOrDefault(number => number.PhoneNumberId == id) is not { } number)
        {
            return null;
        }

        var all = Write(number);
        if (fields is not null)
        {
            all["conversational_automation"] = automation(id).DeepClone();
        }

        return GraphAnswer.Ok(GraphFields.Only(all, fields));
    }

    public static GraphAnswer? FindAccount(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        numbers.FirstOrDefault(number => number.BusinessAccountId == id) is { } number
            ? GraphAnswer.Ok(GraphFields.Only(WriteAccount(number), fields))
            : null;

    /// <summary>The accounts of a portfolio: its own, or those shared with it, of which there are none here.</summary>
    public GraphAnswer ListAccounts(string? token, string portfolio, string? fields, bool isOwned) => access.Serve(
        new(token, "number"), numbers =>
        numbers.Where(number => Portfolio + number.BusinessAccountId == portfolio)
            .DistinctBy(number => number.BusinessAccountId).ToList() is { Count: > 0 } own
            ? GraphAnswer.Ok(Page(isOwned ? own.Select(number => GraphFields.Only(WriteAccount(number), fields)) : []))
            : access.Refuse(Refusal.Unknown(portfolio)));

    /// <summary>Adds a number, which is still to be verified and registered.</summary>
    public GraphAnswer AddNumber(string? token, string account, JsonElement body) => access.OnAccount(token, account, numbers =>
    {
        if (WaIds.Digits((body.Text("cc") ?? "") + (body.Text("phone_number") ?? "")) is not { } phone
            || body.Text("verified_name") is not { Length: > 0 } name)
        {
            return access.Refuse(Refusal.BadParameter("The parameters cc, phone_number and verified_name are required."));
        }

        if (world.Numbers.Any(number => number.Phone == phone))
        {
            return access.Refuse(new Refusal(133016, RefusalTitles.DetailsOf(133016)));
        }

        var added = numbers[0] with
        {
            PhoneNumberId = world.Ids.Number("number"),
            Phone = phone,
            VerifiedName = name,
            IsRegistered = false,
            Pin = null,
        };
        world.PutNumber(added);
        world.Show();
        return GraphAnswer.Ok(new JsonObject { ["id"] = added.PhoneNumberId });
    });

    public GraphAnswer ListNumbers(string? token, string account, string? fields) =>
        access.OnAccount(
            token, account, numbers => GraphAnswer.Ok(Page(numbers.Select(number => GraphFields.Only(Write(number), fields)))));

    private static JsonObject Page(IEnumerable<JsonObject> items) => new()
    {
        ["data"] = new JsonArray([.. items]),
        ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZD", ["after"] = "MjQZD" } },
    };

    private static JsonObject WriteAccount(SandboxNumber number) => new()
    {
        ["id"] = number.BusinessAccountId,
        ["name"] = number.VerifiedName,
        ["timezone_id"] = "1",
        ["currency"] = "USD",
        ["country"] = "US",
        ["account_review_status"] = "APPROVED",
        ["business_verification_status"] = "verified",
        ["owner_business_info"] = new JsonObject
        {
            ["id"] = Portfolio + number.BusinessAccountId,
            ["name"] = number.VerifiedName,
        },
        ["health_status"] = Health(number),
    };

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
