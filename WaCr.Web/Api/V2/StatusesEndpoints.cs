using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.V2;

internal static class StatusesEndpoints
{
    private const string Path = "/statuses";
    private const string PathOfOne = "/statuses/{id}";

    private static readonly LookupEndpoints<Status> Lookups = new("Status", Path, LookupWire.Status);

    public static void MapStatuses(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, Lookups.ListAsync, new("listStatuses", "List statuses", Permissions.StatusesRead)
        {
            Description = "Lists the statuses of the workspace. Each contact has one.",
            List = Lookups.List,
        });
        api.MapPost(Path, Lookups.CreateAsync).Reads(Lookups.Read).Describe(new("createStatus", "Create status", Permissions.StatusesWrite)
        {
            Description = "Creates a status. Its name must be new to the workspace.",
            Body = Lookups.BodySchema(),
            Example = LookupEndpoints<Status>.Example(),
            Data = Schemas.RefTo(LookupWire.Status.Name),
            SuccessCode = StatusCodes.Status201Created,
        });
        api.MapRead(PathOfOne, Lookups.GetAsync, new("getStatus", "Retrieve status", Permissions.StatusesRead)
        {
            Description = "Reads one status.",
            Single = Lookups.List,
        });
        api.MapPatch(PathOfOne, Lookups.UpdateAsync).Reads(Lookups.Read).Describe(new("updateStatus", "Update status", Permissions.StatusesWrite)
        {
            Description = "Renames a status or changes its colour.",
            Body = Lookups.BodySchema(),
            Example = LookupEndpoints<Status>.ExampleOfUpdate(),
            Data = Schemas.RefTo(LookupWire.Status.Name),
        });
        api.MapDelete(PathOfOne, Lookups.DeleteAsync).Describe(new("deleteStatus", "Delete status", Permissions.StatusesDelete)
        {
            Description = "Deletes a status; refused while a contact has it.",
            ExampleId = 10, // what a create before it makes in the demo data
            Problems = [StatusCodes.Status409Conflict],
        });
    }
}
