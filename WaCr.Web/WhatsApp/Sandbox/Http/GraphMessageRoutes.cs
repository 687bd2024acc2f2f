using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Messages, the Marketing Messages API, and blocked people.</summary>
internal sealed class GraphMessageRoutes(SandboxWorld world, GraphAccess access, GraphSends sends, GraphBlocks blocks) : IGraphCallGroup
{
    private const int OnlyMarketing = 134100;

    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request)
    {
        var token = request.Token;
        return (request.Method, request.Path) switch
        {
            ("POST", [var id, "messages"]) => await request.WithJsonAsync(body => sends.Post(token, id, body)),
            ("POST", [var id, "marketing_messages"]) => await request.WithJsonAsync(body => SendMarketing(token, id, body)),
            ("GET", [var id, "block_users"]) => blocks.List(token, id),
            ("POST", [var id, "block_users"]) => await request.WithJsonAsync(body => blocks.Change(token, id, body, blocked: true)),
            ("DELETE", [var id, "block_users"]) => await request.WithJsonAsync(body => blocks.Change(token, id, body, blocked: false)),
            _ => null,
        };
    }

    // Marketing templates alone; everything else about them is as by the Cloud API.
    private GraphAnswer SendMarketing(string? token, string id, JsonElement body) => IsOther(id, body)
        ? access.Serve(new(token, "send", id), _ => access.Refuse(new Refusal(OnlyMarketing, "Only marketing templates can be sent by this API.")))
        : sends.Post(token, id, body);

    private bool IsOther(string id, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.Child("template") is not { } sent)
        {
            return true;
        }

        return world.FindNumber(id) is { } number
            && world.Templates.Find(number.BusinessAccountId, sent.Text("name") ?? "", sent.Child("language")?.Text("code") ?? "")
                is { Category: not "MARKETING" };
    }
}
