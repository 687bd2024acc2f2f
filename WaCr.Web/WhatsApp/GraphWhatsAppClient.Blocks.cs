using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp;

internal sealed partial class GraphWhatsAppClient
{
    public async Task<Result<Done>> BlockAsync(
        WhatsAppChannel channel, Recipient person, bool blocked, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["block_users"] = new JsonArray(person.Phone is { } phone
                ? new JsonObject { ["user"] = "+" + phone }
                : new JsonObject { ["user_id"] = person.UserId }),
        };
        using var request = calls.Request(
            blocked ? HttpMethod.Post : HttpMethod.Delete, Path(channel.PhoneNumberId, "block_users"), channel, JsonContent.Create(body),
            repeatable: true);
        var answer = await calls.AskAsync<GraphWire.BlockUsersResponse>(request, cancellationToken);

        // One person at a time: who is refused is named in a 200 as well.
        return answer switch
        {
            { Succeeded: false } => answer.Error,
            { Value.BlockUsers.FailedUsers: [{ Errors: [var refusal, ..] }, ..] } => new WhatsAppRefused(
                refusal.Code, refusal.Message ?? "WhatsApp refused it", refusal.ErrorData?.Details, TraceId: null, RetryAfter: null),
            _ => default(Done),
        };
    }
}
