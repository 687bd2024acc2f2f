using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Blocked people, and the Marketing Messages API.</summary>
internal sealed class GraphBlockRoutes(SandboxWorld world, GraphAccess access, GraphSends sends, GraphBlocks blocks)
{
    private const int OnlyMarketing = 134100;

    public static bool Serves(string method, string[] path) => (method, path) switch
    {
        ("GET" or "POST" or "DELETE", [_, "block_users"]) => true,
        ("POST", [_, "marketing_messages"]) => true,
        _ => false,
    };

    /// <param name="withJson">Reads the body and refuses what is no JSON.</param>
    public async Task<GraphAnswer> AnswerAsync(
        HttpRequest request, string[] path, string? token, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson) =>
            (request.Method, path) switch
            {
                ("GET", [var id, _]) => blocks.List(token, id),
                (_, [var id, "block_users"]) => await withJson(body => blocks.Change(token, id, body, blocked: request.Method == "POST")),
                _ => await withJson(body => SendMarketing(token, path[0], body)),
            };

    // Marketing templates alone; everything else about them is as by the Cloud API.
    private GraphAnswer SendMarketing(string? token, string id, JsonElement body) => IsOther(id, body)
        ? access.Serve(new(token, "send", id), _ => access.Refuse(new Refusal(OnlyMarketing, "Only marketing templates can be sent by this API.")))
        : sends.Post(token, id, body);

    private bool IsOther(string id, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.FindObject("template") is not { } sent)
        {
            return true;
        }

        return world.FindNumber(id) is { } number
            && world.Templates.Find(number.BusinessAccountId, sent.Text("name") ?? "", sent.FindObject("language")?.Text("code") ?? "")
                is { Category: not "MARKETING" };
    }
}
