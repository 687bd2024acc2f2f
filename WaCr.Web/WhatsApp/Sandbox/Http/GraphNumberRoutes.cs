namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls about a number: profile, settings, verification, QR codes, username, openers and catalogue.</summary>
internal sealed class GraphNumberRoutes(GraphNumbers numbers, GraphUsernames usernames) : IGraphCallGroup
{
    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request)
    {
        var (id, token, root) = (request.Path.FirstOrDefault() ?? "", request.Token, request.Root);
        return (request.Method, request.Path) switch
        {
            ("GET", [_, "whatsapp_business_profile"]) => numbers.Profile(token, id, request.Query("fields")),
            ("POST", [_, "whatsapp_business_profile"]) => await request.WithJsonAsync(body => numbers.SetProfile(token, id, body)),
            ("GET", [_, "settings"]) => numbers.Settings(token, id),
            ("POST", [_, "settings"]) => await request.WithJsonAsync(body => numbers.SetSettings(token, id, body)),
            ("POST", [_, "request_code"]) => await request.WithJsonAsync(body => numbers.Verify(token, id, body, isCode: false)),
            ("POST", [_, "verify_code"]) => await request.WithJsonAsync(body => numbers.Verify(token, id, body, isCode: true)),
            ("GET", [_, "username"]) => usernames.Find(token, id),
            ("POST", [_, "username"]) => await request.WithJsonAsync(body => usernames.Set(token, id, body)),
            ("DELETE", [_, "username"]) => usernames.Delete(token, id),
            ("GET", [_, "username_suggestions"]) => usernames.Suggest(token, id),
            ("GET", [_, "whatsapp_commerce_settings"]) => numbers.Commerce(token, id),
            ("POST", [_, "whatsapp_commerce_settings"]) => await request.WithJsonAsync(body => numbers.SetCommerce(token, id, body)),
            ("POST", [_, "conversational_automation"]) => await request.WithJsonAsync(body => numbers.SetAutomation(token, id, body)),
            ("GET", [_, "message_qrdls"]) => numbers.Codes(token, id, root),
            ("POST", [_, "message_qrdls"]) => await request.WithJsonAsync(body => numbers.SetCode(token, id, null, body, root)),
            ("GET", [_, "message_qrdls", var code]) => numbers.Code(token, id, code, root),
            ("POST", [_, "message_qrdls", var code]) => await request.WithJsonAsync(body => numbers.SetCode(token, id, code, body, root)),
            ("DELETE", [_, "message_qrdls", var code]) => numbers.DeleteCode(token, id, code),
            _ => null,
        };
    }
}
