namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The simulated people. Every number that is written to exists and is on WhatsApp.</summary>
internal sealed class SandboxPeople(SandboxIds ids)
{
    private readonly Dictionary<string, SandboxCustomer> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Account, string WaId)> _userIds = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SandboxCustomer> All => _people.Values;

    public SandboxCustomer? Find(string waId) => _people.GetValueOrDefault(waId);

    public SandboxCustomer FindOrAdd(string digits)
    {
        var waId = WaIds.Of(digits);
        if (!_people.TryGetValue(waId, out var person))
        {
            person = new SandboxCustomer { WaId = waId, Name = $"Customer {waId[^4..]}" };
            _people.Add(waId, person);
        }

        return person;
    }

    public void Put(SandboxCustomer person) => _people[person.WaId] = person;

    /// <summary>The person's id in a business account, the address of a person who hides their phone.</summary>
    public string UserIdOf(SandboxCustomer person, string businessAccountId)
    {
        var userId = person.UserIds.GetValueOrDefault(businessAccountId) ?? ids.User(businessAccountId, person.WaId);
        _userIds[userId] = (businessAccountId, person.WaId);
        return userId;
    }

    /// <param name="userId">The id in this account, or that of the parent business.</param>
    public SandboxCustomer? FindByUserId(string userId, string businessAccountId) =>
        _userIds.TryGetValue(userId, out var known) && known.Account == businessAccountId
            ? Find(known.WaId)
            : _people.Values.FirstOrDefault(person => person.ParentUserId == userId || UserIdOf(person, businessAccountId) == userId);

    /// <summary>From now on the old id is nobody's.</summary>
    public void ChangeUserId(SandboxCustomer person, string businessAccountId, string userId)
    {
        _userIds.Remove(UserIdOf(person, businessAccountId));
        person.UserIds[businessAccountId] = userId;
    }

    /// <summary>Their ids change with it.</summary>
    public void ChangeNumber(SandboxCustomer person, string waId)
    {
        _people.Remove(person.WaId);
        foreach (var userId in person.UserIds.Values)
        {
            _userIds.Remove(userId);
        }

        person.UserIds.Clear();
        person.WaId = waId;
        _people[waId] = person;
    }

    public void Clear()
    {
        _people.Clear();
        _userIds.Clear();
    }
}
