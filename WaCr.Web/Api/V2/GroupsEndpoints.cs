using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Api.V2;

internal static class GroupsEndpoints
{
    private const string Path = "/groups";
    private const string PathOfOne = "/groups/{id}";
    private const string PathOfMembers = "/groups/{id}/contacts";
    private const string ContactIds = "contact_ids";
    private const int MaxContacts = 1000;

    private static readonly LookupEndpoints<Group> Lookups = new("Group", Path, LookupWire.Group);

    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, Lookups.ListAsync, new("listGroups", "List groups", Permissions.GroupsRead)
        {
            Description = "Lists the groups of the workspace. A contact can be in several.",
            List = Lookups.List,
        });
        api.MapPost(Path, Lookups.CreateAsync).Reads(Lookups.Read).Describe(new("createGroup", "Create group", Permissions.GroupsWrite)
        {
            Description = "Creates a group. Its name must be new to the workspace.",
            Body = Lookups.BodySchema(),
            Example = LookupEndpoints<Group>.Example(),
            Data = Schemas.RefTo(LookupWire.Group.Name),
            SuccessCode = StatusCodes.Status201Created,
        });
        api.MapRead(PathOfOne, Lookups.GetAsync, new("getGroup", "Retrieve group", Permissions.GroupsRead)
        {
            Description = "Reads one group.",
            Single = Lookups.List,
        });
        api.MapPatch(PathOfOne, Lookups.UpdateAsync)
            .Reads(Lookups.Read)
            .Describe(new("updateGroup", "Update group", Permissions.GroupsWrite)
            {
                Description = "Renames a group.",
                Body = Lookups.BodySchema(),
                Example = LookupEndpoints<Group>.ExampleOfUpdate(),
                Data = Schemas.RefTo(LookupWire.Group.Name),
            });
        api.MapDelete(PathOfOne, Lookups.DeleteAsync).Describe(new("deleteGroup", "Delete group", Permissions.GroupsDelete)
        {
            Description = "Deletes a group; its contacts stay.",
            ExampleId = 10, // what a create before it makes in the demo data
        });
        api.MapPost(PathOfMembers, AddMembersAsync).Reads(ReadContactIds).Describe(Members(
            "addGroupContacts", "Add contacts to group",
            "Puts up to 1,000 contacts into a group; members that are in already are skipped.", "contacts_added"));
        api.MapDelete(PathOfMembers, RemoveMembersAsync).Reads(ReadContactIds).Describe(Members(
            "removeGroupContacts", "Remove contacts from group", "Takes contacts out of a group; the contacts themselves stay.",
            "contacts_removed"));
    }

    private static Task<IResult> AddMembersAsync(
        string id, Body<IReadOnlyList<long>> body, GroupMembershipService members, CancellationToken cancellationToken) =>
        ChangeMembersAsync(id, body, "contacts_added", "Contacts added to group successfully",
            (groupId, ids) => members.AddAsync(groupId, ids, cancellationToken));

    private static Task<IResult> RemoveMembersAsync(
        string id, Body<IReadOnlyList<long>> body, GroupMembershipService members, CancellationToken cancellationToken) =>
        ChangeMembersAsync(id, body, "contacts_removed", "Contacts removed from group successfully",
            (groupId, ids) => members.RemoveAsync(groupId, ids, cancellationToken));

    private static async Task<IResult> ChangeMembersAsync(
        string id, Body<IReadOnlyList<long>> body, string counted, string message,
        Func<long, IReadOnlyList<long>, Task<Result<int>>> change)
    {
        var groupId = RouteId.Read(id);
        var changed = await change(groupId, body.Value);
        return changed.Answer(count => new ObjectAnswer(message, json =>
        {
            json.WriteNumber("group_id"u8, groupId);
            json.WriteNumber(counted, count);
        }));
    }

    private static IReadOnlyList<long> ReadContactIds(JsonElement body, FieldErrors errors) =>
        IdList.Read(body, ContactIds, MaxContacts, "Contact IDs are required", "Contact IDs must be an array", errors);

    private static ApiOperation Members(string operationId, string summary, string description, string counted) =>
        new(operationId, summary, Permissions.GroupsWrite)
        {
            Description = description,
            Body = IdList.Schema(ContactIds, MaxContacts, "Ids of contacts."),
            Example = new JsonObject { [ContactIds] = new JsonArray(4, 5) },
            Data = Schemas.Object(
            ("group_id", Schemas.Integer("The group.", 4)), (
                counted, Schemas.Integer("How many memberships changed.", 2))).Required("group_id", counted),
        };
}
