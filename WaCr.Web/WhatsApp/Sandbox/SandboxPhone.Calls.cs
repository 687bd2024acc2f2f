using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

internal sealed partial class SandboxPhone
{
    /// <summary>Calls the business, whose programs answer no calls: it rings, and ends.</summary>
    public Result<Done> Ring(SandboxChat chat) => world.OnChat<Done>(chat, (number, person) =>
    {
        var (id, userId) = ("wacid." + world.Ids.Message(person.WaId)["wamid.".Length..], world.People.UserIdOf(person, number.BusinessAccountId));
        person.LastWroteAt[number.PhoneNumberId] = world.Clock.Now; // a call opens the 24 hours too
        world.NotifyWithDuplicates(number, "calls", WebhookBodies.Call(number, person, userId, Event("connect")));
        world.NotifyWithDuplicates(number, "calls", WebhookBodies.Call(number, person, userId, Event("terminate")));
        return default(Done);

        JsonObject Event(string happened) => new()
        {
            ["id"] = id,
            ["to"] = number.Phone,
            ["event"] = happened,
            ["timestamp"] = WebhookBodies.Seconds(world.Clock.Now),
            ["direction"] = "USER_INITIATED",
            ["status"] = happened == "terminate" ? "FAILED" : null,
        };
    });
}
