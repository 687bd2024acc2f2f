namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Who the customer is to the business.</summary>
internal sealed partial class SandboxPhone
{
    /// <summary>Sets the name shown to the business, and a username that hides the phone; an empty username shows it again.</summary>
    /// <param name="parentUserId">The id that a parent business knows the person by; empty takes it away.</param>
    public Result<SandboxCustomer> ChangeProfile(SandboxChat chat, string? name, string? username, string? parentUserId = null) =>
        world.OnChat<SandboxCustomer>(chat, (_, person) =>
    {
        if (parentUserId is { Length: > 0 } && ParentProblem(person, parentUserId) is { } problem)
        {
            return problem;
        }

        person.Name = string.IsNullOrWhiteSpace(name) ? person.Name : Json.Whole(name);
        person.Username = username is null ? person.Username : username.Length == 0 ? null : Json.Whole(username);
        person.ParentUserId = parentUserId is null ? person.ParentUserId : parentUserId.Length == 0 ? null : parentUserId;
        return person;
    });

    /// <summary>WhatsApp gives the person another id; told to every number of the account that they wrote to, and to this one.</summary>
    /// <param name="userId">Null for any new one; so for <paramref name="parentUserId"/>, if the person has one.</param>
    public Result<SandboxCustomer> ChangeUserId(SandboxChat chat, string? userId, string? parentUserId) =>
        world.OnChat<SandboxCustomer>(chat, (number, person) =>
    {
        if (userId is not null && (!WaIds.IsUserId(userId) || WaIds.IsParentId(userId)
            || world.People.FindByUserId(userId, number.BusinessAccountId) is not null))
        {
            return new SandboxProblem("user_id must be like US.1234, and nobody's yet.");
        }

        if (parentUserId is not null && ParentProblem(person, parentUserId) is { } problem)
        {
            return problem;
        }

        var (previous, previousParent) = (world.People.UserIdOf(person, number.BusinessAccountId), person.ParentUserId);
        var current = userId ?? world.Ids.NextUser();
        world.People.ChangeUserId(person, number.BusinessAccountId, current);
        person.ParentUserId = parentUserId ?? (previousParent is null ? null : world.Ids.NextUser(ofParent: true));
        foreach (var known in world.Numbers.Where(other => other.BusinessAccountId == number.BusinessAccountId
            && (other == number || person.LastWroteAt.ContainsKey(other.PhoneNumberId))))
        {
            world.NotifyWithDuplicates(
                known, "user_id_update", WebhookBodies.UserIdUpdate(known, person, (previous, current), previousParent, world.Clock.Now));
        }

        return person;
    });

    private SandboxProblem? ParentProblem(SandboxCustomer person, string id) =>
        WaIds.IsParentId(id) && world.People.All.All(other => other == person || other.ParentUserId != id)
            ? null
            : new SandboxProblem("parent_user_id must be like US.ENT.1234, and nobody else's.");
}
