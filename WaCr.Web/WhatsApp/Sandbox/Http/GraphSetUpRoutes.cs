using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls that set up numbers, apps and webhooks.</summary>
internal sealed class GraphSetUpRoutes(GraphAccess access, GraphSetUp setUp, WebhookPosts posts)
{
    /// <param name="withJson">Reads the body and refuses what is no JSON.</param>
    public async Task<GraphAnswer> AnswerAsync(
        HttpRequest request, string[] path, string? token, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson)
    {
        switch (request.Method, path)
        {
            case ("GET", ["debug_token"]):
                return setUp.DebugToken(token, request.Query["input_token"]);
            case ("GET" or "POST", ["oauth", "access_token"]):
                return await withJson(setUp.ExchangeToken);
            case ("POST", [var id, "register"]):
                return await withJson(body => setUp.Register(token, id, body));
            case ("POST", [var id, "deregister"]):
                return setUp.Deregister(token, id);
            case ("GET", [var account, "subscribed_apps"]):
                return setUp.SubscribedApps(token, account);
            case ("POST", [var account, "subscribed_apps"]):
                return await SubscribeAsync(request, token, account, withJson);
            case ("DELETE", [var account, "subscribed_apps"]):
                return setUp.Unsubscribe(token, account);
            case ("GET", [var app, "subscriptions"]):
                return setUp.Webhooks(token, app);
            case ("POST", [var app, "subscriptions"]):
                return await SetWebhookAsync(request, token, app, withJson);
            case ("DELETE", [var app, "subscriptions"]):
                return setUp.DeleteWebhook(token, app);
            default:
                return access.Serve(new(token, "unknown"), _ => access.Refuse(Refusal.Unknown(string.Join('/', path))));
        }
    }

    public static bool Serves(string method, string[] path) => (method, path) is
        ("GET", ["debug_token"]) or ("GET" or "POST", ["oauth", "access_token"]) or ("POST", [_, "register" or "deregister"])
        or ("GET" or "POST" or "DELETE", [_, "subscribed_apps"]) or ("GET" or "POST" or "DELETE", [_, "subscriptions"]);

    private async Task<GraphAnswer> SubscribeAsync(
        HttpRequest request, string? token, string account, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson)
    {
        Uri? address = null;
        string? verifyToken = null;
        if (request.ContentLength > 0)
        {
            string? asked = null;
            var read = await withJson(body =>
            {
                (asked, verifyToken) = (body.Text("override_callback_uri"), body.Text("verify_token"));
                return GraphAnswer.Success();
            });
            if (read.Status != 200)
            {
                return read;
            }

            if (asked is not null && (verifyToken is null || !SendRules.IsLink(asked)))
            {
                return access.Refuse(
                    Refusal.Unsupported("The parameters override_callback_uri, an address, and verify_token are required together."));
            }

            address = asked is null ? null : new Uri(asked);
        }

        // The account's permission is checked before the URL is called.
        var allowed = setUp.SubscribedApps(token, account);
        return allowed.Status != 200 ? allowed
            : await RefusedAsync(address, verifyToken, request.HttpContext.RequestAborted)
                ?? setUp.Subscribe(token, account, address, verifyToken);
    }

    private async Task<GraphAnswer> SetWebhookAsync(
        HttpRequest request, string? token, string app, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson)
    {
        JsonElement asked = default;
        var read = await withJson(body =>
        {
            asked = body.Clone();
            return setUp.RefuseWebhook(token, app, body) ?? GraphAnswer.Success();
        });
        return read.Status != 200 ? read
            : await RefusedAsync(new Uri(asked.Text("callback_url")!), asked.Text("verify_token"), request.HttpContext.RequestAborted)
                ?? setUp.SetWebhook(token, app, asked);
    }

    private async Task<GraphAnswer?> RefusedAsync(Uri? address, string? verifyToken, CancellationToken cancellationToken) =>
        address is not null && await posts.ShakeHandsAsync(address, verifyToken!, cancellationToken) is { } problem
            ? access.Refuse(new Refusal(100, $"The callback URL or verify token couldn't be validated. {problem}", 2200))
            : null;
}
