using WaCr.Web.Api.Requests;

namespace WaCr.Web.Api.V2;

internal static class V2Routes
{
    public const string Root = ApiPipeline.Root + "/v2";

    public static string LocationOf(string path, long id) => string.Create(CultureInfo.InvariantCulture, $"{Root}{path}/{id}");

    public static void MapV2(this IEndpointRouteBuilder endpoints)
    {
        // Anonymous to the cookie policies: ApiPipeline has already checked the token.
        var api = endpoints.MapGroup(Root).AllowAnonymous().AddEndpointFilter(BoundParameters.RefuseAsync);
        api.MapAccount();
        api.MapContacts();
        api.MapContactBatches();
        api.MapGroups();
        api.MapSources();
        api.MapStatuses();
        api.MapMessages();
        api.MapAuth();
        api.MapComments();
        api.MapTemplates();
        api.MapCountries();
        api.MapUsers();
        api.MapWebhooks();
        api.MapConversations();
        api.MapCampaigns();
    }
}
