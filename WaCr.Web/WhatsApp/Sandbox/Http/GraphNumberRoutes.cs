using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls about a number: profile, settings, verification, QR codes, username, openers and catalogue.</summary>
internal sealed class GraphNumberRoutes(GraphNumbers numbers, GraphUsernames usernames)
{
    public static bool Serves(string method, string[] path) => (method, path) is
        ("GET" or "POST", [_, "whatsapp_business_profile" or "settings"])
        or ("POST", [_, "request_code" or "verify_code"])
        or ("GET" or "POST", [_, "message_qrdls"]) or ("GET" or "POST" or "DELETE", [_, "message_qrdls", _])
        or ("GET" or "POST" or "DELETE", [_, "username"]) or ("GET", [_, "username_suggestions"])
        or ("GET" or "POST", [_, "whatsapp_commerce_settings"]) or ("POST", [_, "conversational_automation"]);

    /// <param name="withJson">Reads the parameters and refuses what is no JSON.</param>
    public async Task<GraphAnswer> AnswerAsync(
        HttpRequest request, string[] path, string? token, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson)
    {
        var (id, root) = (path[0], $"{request.Scheme}://{request.Host}{request.PathBase}");
        return (request.Method, path) switch
        {
            ("GET", [_, "whatsapp_business_profile"]) => numbers.Profile(token, id, request.Query["fields"]),
            ("POST", [_, "whatsapp_business_profile"]) => await withJson(body => numbers.SetProfile(token, id, body)),
            ("GET", [_, "settings"]) => numbers.Settings(token, id),
            ("POST", [_, "settings"]) => await withJson(body => numbers.SetSettings(token, id, body)),
            ("POST", [_, "request_code"]) => await withJson(body => numbers.Verify(token, id, body, isCode: false)),
            ("POST", [_, "verify_code"]) => await withJson(body => numbers.Verify(token, id, body, isCode: true)),
            ("GET", [_, "username"]) => usernames.Find(token, id),
            ("POST", [_, "username"]) => await withJson(body => usernames.Set(token, id, body)),
            ("DELETE", [_, "username"]) => usernames.Delete(token, id),
            ("GET", [_, "username_suggestions"]) => usernames.Suggest(token, id),
            ("GET", [_, "whatsapp_commerce_settings"]) => numbers.Commerce(token, id),
            ("POST", [_, "whatsapp_commerce_settings"]) => await withJson(body => numbers.SetCommerce(token, id, body)),
            ("POST", [_, "conversational_automation"]) => await withJson(body => numbers.SetAutomation(token, id, body)),
            ("GET", [_, _]) => numbers.Codes(token, id, root),
            ("POST", [_, _, .. var rest]) => await withJson(body => numbers.SetCode(token, id, rest.FirstOrDefault(), body, root)),
            ("GET", [_, _, var code]) => numbers.Code(token, id, code, root),
            _ => numbers.DeleteCode(token, id, path[^1]),
        };
    }
}
