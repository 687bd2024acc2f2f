using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

internal sealed partial class SandboxPhone
{
    private const int MaxCallSeconds = 24 * 60 * 60;

    /// <summary>Calls the business, whose programs answer no calls: it rings, and ends.</summary>
    /// <param name="seconds">Of a call that somebody answered; its start lies that long before now.</param>
    /// <param name="status">What the end says, such as REJECTED; null for WhatsApp's COMPLETED or FAILED.</param>
    public Result<Done> Ring(SandboxChat chat, int? seconds = null, string? status = null)
    {
        if (seconds is < 1 or > MaxCallSeconds)
        {
            return new SandboxProblem($"duration must be 1 to {MaxCallSeconds} seconds.");
        }

        return world.OnChat<Done>(chat, (number, person) =>
        {
            var (id, userId) = ("wacid." + world.Ids.Message(person.WaId)["wamid.".Length..], world.People.UserIdOf(person, number.BusinessAccountId));
            var (start, end) = (world.Clock.Now.AddSeconds(-(seconds ?? 0)), world.Clock.Now);
            person.LastWroteAt[number.PhoneNumberId] = end; // a call opens the 24 hours too
            world.NotifyWithDuplicates(number, "calls", WebhookBodies.Call(number, person, userId, Event("connect", start)));
            var ended = Event("terminate", end);
            ended["status"] = status ?? (seconds is null ? "FAILED" : "COMPLETED");
            if (seconds is { } spoken)
            {
                (ended["start_time"], ended["end_time"], ended["duration"]) = (WebhookBodies.Seconds(start), WebhookBodies.Seconds(end), spoken);
            }

            world.NotifyWithDuplicates(number, "calls", WebhookBodies.Call(number, person, userId, ended));
            return default(Done);

            JsonObject Event(string happened, DateTimeOffset at) => new()
            {
                ["id"] = id,
                ["to"] = number.Phone,
                ["event"] = happened,
                ["timestamp"] = WebhookBodies.Seconds(at),
                ["direction"] = "USER_INITIATED",
            };
        });
    }
}
