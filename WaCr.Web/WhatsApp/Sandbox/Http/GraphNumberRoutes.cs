using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls about a number's profile, settings, verification and QR codes.</summary>
internal sealed class GraphNumberRoutes(GraphNumbers numbers)
{
    public static bool Serves(string method, string[] path) => (method, path) is
        ("GET" or "POST", [_, "whatsapp_business_profile" or "settings"])
        or ("POST", [_, "request_code" or "verify_code"])
        or ("GET" or "POST", [_, "message_qrdls"]) or ("GET" or "POST" or "DELETE", [_, "message_qrdls", _]);

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
            ("GET", [_, _]) => numbers.Codes(token, id, root),
            ("POST", [_, _, .. var rest]) => await withJson(body => numbers.SetCode(token, id, rest.FirstOrDefault(), body, root)),
            ("GET", [_, _, var code]) => numbers.Code(token, id, code, root),
            _ => numbers.DeleteCode(token, id, path[^1]),
        };
    }
}
