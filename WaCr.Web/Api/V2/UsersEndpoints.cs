using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Api.V2;

internal static class UsersEndpoints
{
    /// <summary>Indexed by <see cref="Role"/>.</summary>
    private static readonly string[] Roles = ["viewer", "agent", "admin", "owner"];

    public static readonly WireShape<UserItem> User = new(
        "User",
        WireField.Id<UserItem>(user => user.Id),
        WireField.Text<UserItem>("name", user => user.Name, "Full name.", "Ravi Shah"),
        WireField.Text<UserItem>("email", user => user.Email, "E-mail address.", "ravi@example.com"),
        WireField.Word<UserItem>("role", user => Roles[(int)user.Role], "What the user may do.", Roles));

    private static readonly ListSpec List = new(User) { Sorts = ["id", "name", "email"] };

    public static void MapUsers(this IEndpointRouteBuilder api) =>
        api.MapRead("/users", ListAsync, new("listUsers", "List users", Permissions.ContactsRead)
        {
            Description = "Lists the people who work in this workspace; `assigned_id` takes their ids.",
            List = List,
        });

    private static Task<IResult> ListAsync(ListRequest list, UserQueries users, CancellationToken cancellationToken) =>
        users.ListAsync(cancellationToken)
            .AnswerAsync(all => ShortList.Answer(
                "Users retrieved successfully", all, list, User, user => $"{user.Name}\n{user.Email}", SortKey));

    private static object SortKey(UserItem user, string field) => field switch
    {
        "id" => user.Id,
        "email" => TextKey.Folded(user.Email),
        _ => TextKey.Folded(user.Name),
    };
}
