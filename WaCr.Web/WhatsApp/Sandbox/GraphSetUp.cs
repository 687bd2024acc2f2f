using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What a connection is set up with: the token's description, registration, and the app's and the account's webhooks.</summary>
internal sealed class GraphSetUp(SandboxWorld world, GraphAccess access)
{
    private const int NoApp = 101;
    private const int NotRegistered = 133010;
    private const int PinMismatch = 133005;
    private const int PinLength = 6;
    private const string AccountObject = "whatsapp_business_account";

    public GraphAnswer DebugToken(string? token, string? input) =>
        OfApp(token) is { } app ? Describe(input, app) : access.Serve(new(token, "token"), _ => Describe(input, null));

    /// <summary>An app's own token, for its id and secret; or a business's token for any code that a sign-up handed out.</summary>
    public GraphAnswer ExchangeToken(JsonElement body) => world.Do(() =>
    {
        var app = $"{body.Text("client_id")}|{body.Text("client_secret")}";
        return OfApp(app) is not { } number
            ? access.Refuse(new Refusal(NoApp)
            {
                Message = "Error validating application. Cannot get application info due to a system error.",
            })
            : body.Text("code") is not null || body.Text("grant_type") == "client_credentials"
                ? GraphAnswer.Ok(new JsonObject
                {
                    ["access_token"] = body.Text("code") is null ? app : number.AccessToken,
                    ["token_type"] = "bearer",
                })
                : access.Refuse(Refusal.BadParameter("A code, or grant_type client_credentials, is required."));
    });

    /// <summary>The apps that get the account's webhooks.</summary>
    public GraphAnswer SubscribedApps(string? token, string account) => access.OnAccount(token, account, numbers =>
        GraphAnswer.Ok(new JsonObject
        {
            ["data"] = numbers[0].IsSubscribed
                ? new JsonArray(new JsonObject
                {
                    ["whatsapp_business_api_data"] = new JsonObject
                    {
                        ["id"] = GraphSamples.AppOf(numbers[0]),
                        ["name"] = "WaCr sandbox app",
                        ["link"] = "https://example.com",
                    },
                    ["override_callback_uri"] = numbers[0].WebhookUrl?.AbsoluteUri,
                })
                : [],
        }));

    /// <summary>Sets the webhook URL; the caller has already verified that it answers.</summary>
    public GraphAnswer Subscribe(string? token, string account, Uri? address, string? verifyToken) =>
        OnNumbersOf(token, account, number => number with
        {
            IsSubscribed = true,
            WebhookUrl = address ?? number.WebhookUrl,
            VerifyToken = verifyToken ?? number.VerifyToken,
        });

    public GraphAnswer Unsubscribe(string? token, string account) =>
        OnNumbersOf(token, account, number => number with { IsSubscribed = false });

    public GraphAnswer Register(string? token, string phoneNumberId, JsonElement body) => access.OnNumber(token, phoneNumberId, number =>
    {
        if (body.Text("messaging_product") != "whatsapp")
        {
            return access.Refuse(Refusal.Unsupported("The parameter messaging_product is required."));
        }

        if (body.Text("pin") is not { Length: PinLength } pin || !pin.All(char.IsAsciiDigit))
        {
            return access.Refuse(Refusal.Unsupported("Param pin must be 6 digits."));
        }

        if (number.Pin is { } known && known != pin)
        {
            return access.Refuse(new Refusal(PinMismatch, RefusalTitles.DetailsOf(PinMismatch)));
        }

        world.PutNumber(number with { IsRegistered = true, Pin = pin });
        world.Show();
        return GraphAnswer.Success();
    });

    public GraphAnswer Deregister(string? token, string phoneNumberId) => access.OnNumber(token, phoneNumberId, number =>
    {
        if (!number.IsRegistered)
        {
            return access.Refuse(new Refusal(NotRegistered, RefusalTitles.DetailsOf(NotRegistered)));
        }

        world.PutNumber(number with { IsRegistered = false });
        world.Show();
        return GraphAnswer.Success();
    });

    /// <summary>The app's webhooks; asked with the app's id and secret.</summary>
    public GraphAnswer Webhooks(string? token, string app) => OnApp(token, app, number => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = number.WebhookUrl is null || number.Fields is []
            ? []
            : new JsonArray(new JsonObject
            {
                ["object"] = AccountObject,
                ["callback_url"] = number.WebhookUrl.AbsoluteUri,
                ["active"] = true,
                ["fields"] = new JsonArray([.. (number.Fields ?? WebhookFields.Understood)
                    .Select(field => new JsonObject { ["name"] = field, ["version"] = "v25.0" })]),
            }),
    }));

    /// <summary>Why the app's webhook cannot be set so; null if it can, once its URL has answered.</summary>
    public GraphAnswer? RefuseWebhook(string? token, string app, JsonElement body)
    {
        var unknownFields = body.FindTexts("fields").Except(WebhookFields.Understood, StringComparer.Ordinal).ToList();
        var checkedAnswer = OnApp(token, app, _ => unknownFields switch
        {
            _ when body.Text("object") != AccountObject =>
                access.Refuse(Refusal.Unsupported($"Param object must be one of {{{AccountObject}}}.")),
            _ when body.Text("callback_url") is not { } address || !SendRules.IsLink(address) || body.Text("verify_token") is null =>
                access.Refuse(Refusal.Unsupported("The parameters callback_url, an address, and verify_token are required together.")),
            { Count: > 0 } unknown => access.Refuse(Refusal.Unsupported($"Param fields has unknown ones: {string.Join(", ", unknown)}.")),
            _ => GraphAnswer.Success(),
        });
        return checkedAnswer.Status == 200 ? null : checkedAnswer;
    }

    public GraphAnswer SetWebhook(string? token, string app, JsonElement body) => OnApp(token, app, number =>
    {
        foreach (var own in world.Numbers.Where(other => GraphSamples.AppOf(other) == GraphSamples.AppOf(number)).ToList())
        {
            world.PutNumber(own with
            {
                WebhookUrl = new Uri(body.Text("callback_url")!),
                VerifyToken = body.Text("verify_token")!,
                Fields = [.. body.FindTexts("fields")],
            });
        }

        world.Show();
        return GraphAnswer.Success();
    });

    public GraphAnswer DeleteWebhook(string? token, string app) => OnApp(token, app, number =>
    {
        foreach (var own in world.Numbers.Where(other => GraphSamples.AppOf(other) == GraphSamples.AppOf(number)).ToList())
        {
            world.PutNumber(own with { Fields = [] });
        }

        world.Show();
        return GraphAnswer.Success();
    });

    private GraphAnswer Describe(string? input, SandboxNumber? app)
    {
        var found = world.Numbers.FirstOrDefault(number => number.AccessToken == input);
        var data = new JsonObject
        {
            ["is_valid"] = found is { TokenState: not SandboxTokenState.Expired },
            ["type"] = "SYSTEM_USER",
            ["expires_at"] = found?.TokenEndsAt?.ToUnixTimeSeconds() ?? 0,
        };
        if (found is not null || app is not null)
        {
            data["app_id"] = GraphSamples.AppOf(found ?? app!);
            data["application"] = "WaCr sandbox app";
        }

        if (found is not null)
        {
            data["scopes"] = found.TokenState == SandboxTokenState.WithoutPermission
                ? []
                : new JsonArray("whatsapp_business_messaging", "whatsapp_business_management");
        }

        return GraphAnswer.Ok(new JsonObject { ["data"] = data });
    }

    private GraphAnswer OnNumbersOf(string? token, string account, Func<SandboxNumber, SandboxNumber> change) =>
        access.OnAccount(token, account, numbers =>
        {
            foreach (var number in numbers)
            {
                world.PutNumber(change(number));
            }

            world.Show();
            return GraphAnswer.Success();
        });

    private GraphAnswer OnApp(string? token, string app, Func<SandboxNumber, GraphAnswer> work) => world.Do(() =>
        OfApp(token) is { } number && GraphSamples.AppOf(number) == app
            ? work(number)
            : access.Refuse(Refusal.BadToken("Invalid OAuth access token signature.")));

    private SandboxNumber? OfApp(string? token) =>
        token is null ? null : world.Numbers.FirstOrDefault(number => $"{GraphSamples.AppOf(number)}|{number.AppSecret}" == token);
}
