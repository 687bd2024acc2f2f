using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls that set up numbers, apps and webhooks.</summary>
internal sealed class GraphSetUpRoutes(GraphAccess access, GraphSetUp setUp, WebhookPosts posts) : IGraphCallGroup
{
    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request)
    {
        var token = request.Token;
        return (request.Method, request.Path) switch
        {
            ("GET", ["debug_token"]) => setUp.DebugToken(token, request.Query("input_token")),
            ("GET" or "POST", ["oauth", "access_token"]) => await request.WithJsonAsync(setUp.ExchangeToken),
            ("POST", [var id, "register"]) => await request.WithJsonAsync(body => setUp.Register(token, id, body)),
            ("POST", [var id, "deregister"]) => setUp.Deregister(token, id),
            ("GET", [var account, "subscribed_apps"]) => setUp.SubscribedApps(token, account),
            ("POST", [var account, "subscribed_apps"]) => await SubscribeAsync(request, account),
            ("DELETE", [var account, "subscribed_apps"]) => setUp.Unsubscribe(token, account),
            ("GET", [var app, "subscriptions"]) => setUp.Webhooks(token, app),
            ("POST", [var app, "subscriptions"]) => await SetWebhookAsync(request, app),
            ("DELETE", [var app, "subscriptions"]) => setUp.DeleteWebhook(token, app),
            _ => null,
        };
    }

    private async Task<GraphAnswer> SubscribeAsync(GraphRequest request, string account)
    {
        Uri? address = null;
        string? verifyToken = null;
        if (request.Http.ContentLength > 0)
        {
            string? asked = null;
            var read = await request.WithJsonAsync(body =>
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
        var allowed = setUp.SubscribedApps(request.Token, account);
        return allowed.Status != 200 ? allowed
            : await RefusedAsync(address, verifyToken, request.Aborted)
                ?? setUp.Subscribe(request.Token, account, address, verifyToken);
    }

    private async Task<GraphAnswer> SetWebhookAsync(GraphRequest request, string app)
    {
        JsonElement asked = default;
        var read = await request.WithJsonAsync(body =>
        {
            asked = body.Clone();
            return setUp.RefuseWebhook(request.Token, app, body) ?? GraphAnswer.Success();
        });
        return read.Status != 200 ? read
            : await RefusedAsync(new Uri(asked.Text("callback_url")!), asked.Text("verify_token"), request.Aborted)
                ?? setUp.SetWebhook(request.Token, app, asked);
    }

    private async Task<GraphAnswer?> RefusedAsync(Uri? address, string? verifyToken, CancellationToken cancellationToken) =>
        address is not null && await posts.ShakeHandsAsync(address, verifyToken!, cancellationToken) is { } problem
            ? access.Refuse(new Refusal(100, $"The callback URL or verify token couldn't be validated. {problem}", 2200))
            : null;
}
