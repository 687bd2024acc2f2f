namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Numbers, accounts, templates and files by their id, and the lists of numbers and accounts.</summary>
internal sealed class GraphObjectRoutes(GraphAccounts accounts, GraphObjects objects) : IGraphCallGroup
{
    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request)
    {
        var (token, fields) = (request.Token, request.Query("fields"));
        return (request.Method, request.Path) switch
        {
            ("GET", [var account, "phone_numbers"]) => accounts.ListNumbers(token, account, fields),
            ("POST", [var account, "phone_numbers"]) => await request.WithJsonAsync(body => accounts.AddNumber(token, account, body)),
            ("GET", [var portfolio, "owned_whatsapp_business_accounts"]) => accounts.ListAccounts(token, portfolio, fields, isOwned: true),
            ("GET", [var portfolio, "client_whatsapp_business_accounts"]) => accounts.ListAccounts(token, portfolio, fields, isOwned: false),
            ("GET", [var id]) => objects.Get(token, id, fields, request.Root),
            ("POST", [var id]) => await request.WithJsonAsync(body => objects.Edit(token, id, body)),
            ("DELETE", [var id]) => objects.Delete(token, id),
            _ => null,
        };
    }
}
