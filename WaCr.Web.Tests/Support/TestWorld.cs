using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Tenants;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Support;

/// <summary>A database with the services over it; tests speak to tenants and not to the container.</summary>
public sealed class TestWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private TestWorld(TestDatabase database, ServiceProvider services)
    {
        _database = database;
        _services = services;
    }

    public DatabaseProvider Provider => _database.Provider;

    public string ConnectionString => _database.ConnectionString;

    public IServiceProvider Services => _services;

    public static async Task<TestWorld> CreateAsync(
        DatabaseProvider provider, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var database = await TestDatabase.CreateAsync(provider);
        return new TestWorld(database, TestServices.Build(provider, database.ConnectionString, time, more));
    }

    /// <summary>With the product's own client, whose outer world is <paramref name="graph"/>.</summary>
    internal static Task<TestWorld> CreateAsync(DatabaseProvider provider, ScriptedGraph graph, TimeProvider? time = null) =>
        CreateAsync(provider, time, services => services.AddScriptedWhatsApp(graph));

    public async Task<TestTenant> CreateTenantAsync(string subdomain = "acme", string? plan = "business", string country = "IN")
    {
        var scope = _services.CreateAsyncScope();
        var tenants = scope.ServiceProvider.GetRequiredService<TenantService>();
        await tenants.CreateAsync(
            new CreateTenant(subdomain + " Ltd", subdomain, plan, country), ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        return await TestTenant.OfAsync(scope);
    }

    /// <summary>A scope in which nobody has entered a tenant.</summary>
    public AsyncServiceScope AnonymousScope() => _services.CreateAsyncScope();

    /// <summary>A service as this user calls it; its scope lives as long as the world.</summary>
    public T GetAs<T>(TestTenant tenant, Role role, long userId)
        where T : notnull
    {
        var scope = AnonymousScope();
        var actor = new CurrentActor(ActorKind.User, userId, "Meera Iyer", ChangeOrigin.App, RolePermissions.Of(role));
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant.Get<TenantContext>().Tenant, actor);
        return scope.ServiceProvider.GetRequiredService<T>();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>One tenant's services, with all permissions.</summary>
public sealed class TestTenant
{
    public const string Password = "a-good-password";

    private static readonly CancellationToken None = CancellationToken.None;
    private static long _nextPhone = 9_000_000_000;

    private readonly AsyncServiceScope _scope;

    private TestTenant(AsyncServiceScope scope) => _scope = scope;

    public long Id => Get<TenantContext>().TenantId;
    public long StatusId { get; private set; }
    public long SourceId { get; private set; }
    public ContactService Contacts => Get<ContactService>();
    public ContactQueries ContactQueries => Get<ContactQueries>();
    public ContactBatch Batch => Get<ContactBatch>();

    public static async Task<TestTenant> OfAsync(AsyncServiceScope scope)
    {
        var tenant = new TestTenant(scope);
        await using var db = tenant.OpenDatabase();
        tenant.StatusId = await db.Statuses.Select(status => status.Id).FirstAsync();
        tenant.SourceId = await db.Sources.Select(source => source.Id).FirstAsync();
        return tenant;
    }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A second, parallel scope in the same tenant.</summary>
    public T GetFresh<T>()
        where T : notnull
    {
        var scope = _scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var context = Get<TenantContext>();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(context.Tenant, context.Actor);
        return scope.ServiceProvider.GetRequiredService<T>();
    }

    /// <summary>Puts a message into the outbox; returns its id.</summary>
    public Task<long> EnqueueAsync(OutboxMessage message) => TryEnqueueAsync(message).OrThrowAsync();

    public Task<Result<long>> TryEnqueueAsync(OutboxMessage message) =>
        GetFresh<IDatabaseWriter>().WriteAsync(db => GetFresh<OutboxService>().AddAsync(db, message), None);

    public AppDbContext OpenDatabase() => Get<IDbContextFactory<AppDbContext>>().CreateDbContext();

    /// <summary>All that is required, with a phone that no other has.</summary>
    public ContactPatch NewContact(string firstName = "Asha", string lastName = "Patel", string? phone = null, string? email = null) =>
        new()
        {
            FirstName = firstName,
            LastName = lastName,
            Phone = phone ?? $"+91{Interlocked.Increment(ref _nextPhone)}",
            Email = email is null ? default : new Optional<string?>(email),
            Type = "lead",
            StatusId = StatusId,
            SourceId = SourceId,
        };

    public Task<ContactDetails> CreateContactAsync(
        string firstName = "Asha", string lastName = "Patel", string? phone = null, string? email = null) =>
        CreateContactAsync(NewContact(firstName, lastName, phone, email));

    public Task<ContactDetails> CreateContactAsync(ContactPatch contact) => Contacts.CreateAsync(contact, None).OrThrowAsync();

    /// <summary>Each with what it has; returns the merge's id.</summary>
    public async Task<long> MergeAsync(long survivorId, long otherId)
    {
        await using var db = OpenDatabase();
        var versions = await db.Contacts.Where(c => c.Id == survivorId || c.Id == otherId).ToDictionaryAsync(c => c.Id, c => c.Version);
        return await GetFresh<ContactMerger>()
            .MergeAsync(new MergeContacts(survivorId, versions[survivorId], otherId, versions[otherId], []), None).OrThrowAsync();
    }

    /// <summary>Adds somebody to the tenant.</summary>
    public Task<long> AddUserAsync(Role role, string? email = null) => GetFresh<UserService>()
        .CreateAsync(new CreateUser(email ?? $"{Guid.NewGuid():N}@example.org", "Ravi Kumar", role, Password), None).OrThrowAsync();

    /// <summary>From now on this scope acts as a person of that role, who is a member of the tenant.</summary>
    public async Task<long> SignInAsync(Role role)
    {
        var id = await AddUserAsync(role);
        var context = Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, id, "Ravi Kumar", ChangeOrigin.App, RolePermissions.Of(role)));
        return id;
    }

    /// <summary>Somebody of another tenant is a member here, too, and acts from now on.</summary>
    public async Task JoinAsync(long userId, Role role)
    {
        await using var db = OpenDatabase();
        db.Memberships.Add(new Membership { UserId = userId, Role = role });
        await db.SaveChangesAsync();
        var context = Get<TenantContext>();
        context.Enter(context.Tenant, new CurrentActor(ActorKind.User, userId, "Ravi Kumar", ChangeOrigin.App, RolePermissions.Of(role)));
    }

    public async Task<long> CreateGroupAsync(string name) =>
        (await Get<LookupService<Group>>().CreateAsync(new LookupPatch { Name = name }, None).OrThrowAsync()).Id;

    public async Task<long> CreateStatusAsync(string name) =>
        (await Get<LookupService<Status>>().CreateAsync(new LookupPatch { Name = name }, None).OrThrowAsync()).Id;

    /// <summary>A conversation of which only these are told; with a number that sends nothing.</summary>
    public async Task AddConversationAsync(
        long contactId, DateTimeOffset lastMessageAt, int unread = 0, bool waiting = false, string channel = "Shop")
    {
        await using var db = OpenDatabase();
        var number = await db.Channels.FirstOrDefaultAsync(known => known.Name == channel)
            ?? db.Channels.Add(new Channel { Name = channel, PhoneNumberId = $"1002003{await db.Channels.CountAsync():00}" }).Entity;
        await db.SaveChangesAsync();
        db.Conversations.Add(
            new Conversation
            {
                ChannelId = number.Id,
                ContactId = contactId,
                LastMessageAt = lastMessageAt,
                UnreadCount = unread,
                WaitingSince = waiting ? lastMessageAt : null,
            });
        await db.SaveChangesAsync();
    }

    public async Task<Page<ContactDetails>> ListAsync(ContactQuery query) => await ContactQueries.ListAsync(query, None).OrThrowAsync();

    public async Task<string[]> FindAsync(string search) =>
        [
            .. (await ListAsync(new ContactQuery { Search = search, Page = new PageRequest(1, 100) }))
                .Items.Select(contact => contact.FirstName)
                .Order(StringComparer.Ordinal)
        ];

    public async Task<List<AuditEntry>> AuditOfAsync(string type, long id)
    {
        await using var db = OpenDatabase();
        return await db.AuditEntries.Where(entry => entry.EntityType == type && entry.EntityId == id)
            .OrderBy(entry => entry.Id)
            .ToListAsync();
    }
}

internal static class ResultAssertions
{
    public static async Task<T> OrThrowAsync<T>(this Task<Result<T>> result) => (await result).OrThrow();

    public static FieldErrors ShouldBeInvalid<T>(this Result<T> result) => result.Error.ShouldBeOfType<ValidationError>().Fields;
}
