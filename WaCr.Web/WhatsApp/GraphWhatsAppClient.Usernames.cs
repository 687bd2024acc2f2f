using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp;

/// <summary>The username of a business's number.</summary>
internal sealed partial class GraphWhatsAppClient
{
    public async Task<Result<BusinessUsername>> FindUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = UsernameRequest(HttpMethod.Get, channel);
        return Map(
            await calls.AskAsync<GraphWire.NumberUsername>(request, cancellationToken),
            found => new BusinessUsername(found.Username is { Length: > 0 } name ? name : null, found.Status));
    }

    public async Task<Result<IReadOnlyList<string>>> SuggestUsernamesAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        using var request = calls.Request(HttpMethod.Get, Path(channel.PhoneNumberId, "username_suggestions"), channel, repeatable: true);
        return Map(
            await calls.AskAsync<GraphWire.Listed<GraphWire.UsernameSuggestions>>(request, cancellationToken),
            page => (IReadOnlyList<string>)[.. page.Data.SelectMany(suggestions => suggestions.Names ?? [])]);
    }

    public async Task<Result<Done>> SetUsernameAsync(WhatsAppChannel channel, string username, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new JsonObject { ["username"] = username, ["transfer_action"] = "none" });
        using var request = UsernameRequest(HttpMethod.Post, channel, body);
        return Map(await calls.AskAsync<GraphWire.NumberUsername>(request, cancellationToken), _ => default(Done));
    }

    public Task<Result<Done>> DeleteUsernameAsync(WhatsAppChannel channel, CancellationToken cancellationToken) =>
        DoAsync(UsernameRequest(HttpMethod.Delete, channel), cancellationToken);

    private HttpRequestMessage UsernameRequest(HttpMethod method, WhatsAppChannel channel, HttpContent? content = null) =>
        calls.Request(method, Path(channel.PhoneNumberId, "username"), channel, content, repeatable: true);
}
