using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.V2;

internal static class SourcesEndpoints
{
    private const string Path = "/sources";
    private const string PathOfOne = "/sources/{id}";

    private static readonly LookupEndpoints<Source> Lookups = new("Source", Path, LookupWire.Source);

    public static void MapSources(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, Lookups.ListAsync, new("listSources", "List sources", Permissions.SourcesRead)
        {
            Description = "Lists the sources of the workspace. Each contact has one.",
            List = Lookups.List,
        });
        api.MapPost(Path, Lookups.CreateAsync).Reads(Lookups.Read).Describe(new("createSource", "Create source", Permissions.SourcesWrite)
        {
            Description = "Creates a source. Its name must be new to the workspace.",
            Body = Lookups.BodySchema(),
            Example = LookupEndpoints<Source>.Example(),
            Data = Schemas.RefTo(LookupWire.Source.Name),
            SuccessCode = StatusCodes.Status201Created,
        });
        api.MapRead(PathOfOne, Lookups.GetAsync, new("getSource", "Retrieve source", Permissions.SourcesRead)
        {
            Description = "Reads one source.",
            Single = Lookups.List,
        });
        api.MapPatch(PathOfOne, Lookups.UpdateAsync).Reads(Lookups.Read).Describe(new("updateSource", "Update source", Permissions.SourcesWrite)
        {
            Description = "Renames a source.",
            Body = Lookups.BodySchema(),
            Example = LookupEndpoints<Source>.ExampleOfUpdate(),
            Data = Schemas.RefTo(LookupWire.Source.Name),
        });
        api.MapDelete(PathOfOne, Lookups.DeleteAsync).Describe(new("deleteSource", "Delete source", Permissions.SourcesDelete)
        {
            Description = "Deletes a source; refused while a contact has it.",
            ExampleId = 10, // what a create before it makes in the demo data
            Problems = [StatusCodes.Status409Conflict],
        });
    }
}
