using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary><c>/{phone-number-id}/block_users</c>: people whom the business blocked.</summary>
internal sealed class GraphBlocks(SandboxWorld world, GraphAccess access)
{
    public const int Blocked = 130403;

    private const int NotBlocked = 139100;
    private const int MaxPeople = 1000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public GraphAnswer List(string? token, string phoneNumberId) =>
        access.OnNumber(token, phoneNumberId, number => GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. world.People.All.Where(person => person.BlockedBy.ContainsKey(number.PhoneNumberId))
            .OrderBy(person => person.BlockedBy[number.PhoneNumberId])
            .Select(person => new JsonObject { ["messaging_product"] = "whatsapp", ["input"] = person.WaId, ["wa_id"] = person.WaId })]),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZD", ["after"] = "MjQZD" } },
        }));

    public GraphAnswer Change(string? token, string phoneNumberId, JsonElement body, bool blocked) =>
        access.OnNumber(token, phoneNumberId, number =>
    {
        if (body.Text("messaging_product") != "whatsapp")
        {
            return access.Refuse(Refusal.Unsupported("The parameter messaging_product is required."));
        }

        if (body.FindArray("block_users") is not { Count: >= 1 and <= MaxPeople } asked)
        {
            return access.Refuse(Refusal.Unsupported($"The parameter block_users must have 1 to {MaxPeople} users."));
        }

        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var user in asked)
        {
            var input = user.Text("user") ?? user.Text("user_id") ?? "";
            if (Find(number, input) is { } person && MayChange(number, person, blocked))
            {
                Set(number, person, blocked);
                done.Add(new JsonObject { ["input"] = input, ["wa_id"] = person.WaId });
            }
            else
            {
                failed.Add(Failure(input, blocked));
            }
        }

        world.Show();
        var users = new JsonObject { [blocked ? "added_users" : "removed_users"] = done };
        if (failed.Count > 0)
        {
            users["failed_users"] = failed;
        }

        return GraphAnswer.Ok(new JsonObject { ["messaging_product"] = "whatsapp", ["block_users"] = users });
    });

    private SandboxCustomer? Find(SandboxNumber number, string input) => WaIds.IsUserId(input)
        ? world.People.FindByUserId(input, number.BusinessAccountId)
        : WaIds.Digits(input) is { } digits ? world.People.Find(WaIds.Of(digits)) : null;

    private bool MayChange(SandboxNumber number, SandboxCustomer person, bool blocked) => !blocked
        || (person.LastWroteAt.TryGetValue(number.PhoneNumberId, out var at) && world.Clock.Now - at < Window);

    private void Set(SandboxNumber number, SandboxCustomer person, bool blocked)
    {
        if (blocked)
        {
            person.BlockedBy.TryAdd(number.PhoneNumberId, world.Clock.Now);
        }
        else
        {
            person.BlockedBy.Remove(number.PhoneNumberId);
        }
    }

    private static JsonObject Failure(string input, bool blocked) => new()
    {
        ["input"] = input,
        ["errors"] = new JsonArray(new JsonObject
        {
            ["message"] = $"(#{NotBlocked}) Failed to block/unblock users",
            ["code"] = NotBlocked,
            ["error_data"] = new JsonObject
            {
                ["details"] = blocked
                    ? "Only users who have messaged the business in the last 24 hours can be blocked."
                    : "The user is not known to this number.",
            },
        }),
    };
}
