using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <summary>A demo contact who hides the number: only a username and WhatsApp's id are known.</summary>
/// <param name="WaId">The number, by which the sandbox knows the person.</param>
internal sealed record DemoHiddenPerson(string FirstName, string LastName, string Username, string WaId)
{
    public static readonly IReadOnlyList<DemoHiddenPerson> All =
        [new("Rosa", "Mendes", "rosa.mendes", "12025550167"), new("Kofi", "Mensah", "kofi_builds", "12025550168")];

    private static readonly SandboxIds Ids = new(new SandboxOptions().Seed);

    public static DemoHiddenPerson? Of(Contact contact) =>
        contact.HasPhone ? null : All.FirstOrDefault(person => person.Username == contact.Username);

    /// <summary>By the id of a demo conversation; null for everybody else.</summary>
    public static DemoHiddenPerson? Find(string businessAccountId, string userId) =>
        All.FirstOrDefault(person => person.UserIdIn(businessAccountId) == userId);

    public string UserIdIn(string businessAccountId) => Ids.User(businessAccountId, WaId);

    /// <summary>In the place of another made-up contact.</summary>
    public Contact InPlaceOf(Contact contact) => new()
    {
        FirstName = FirstName,
        LastName = LastName,
        Username = Username,
        Type = contact.Type,
        CountryId = contact.CountryId,
        City = contact.City,
    };

    public override string ToString() => $"{nameof(DemoHiddenPerson)} {Username}";
}
