using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using WaCr.Web.Features.Users;
using WaCr.Web.Hosting.Keys;

namespace WaCr.Web.Tests.Security;

/// <summary>A copy of the database opens nothing by itself.</summary>
public sealed class KeysAtRestTests
{
    private static readonly string First = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string Second = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Theory, OnEachEngine]
    public async Task KeysInClear_AreSealedAtTheNextStart_AndOpenWhatTheySealed(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var before = Start(database);
        var kept = Protector(before).Protect("a channel's token");
        (await KeysAsync(before)).ShouldAllBe(xml => xml.Contains("<value>"));

        await using var after = Start(database, ("Key", First));
        await StoredSecrets.EncryptAsync(after);

        (await KeysAsync(after)).ShouldAllBe(xml => xml.Contains("<sealedKey") && !xml.Contains("<value>"));
        Protector(after).Unprotect(kept).ShouldBe("a channel's token");
        await using var renewed = Start(database, ("Key", Second), ("FormerKeys", First));
        await StoredSecrets.EncryptAsync(renewed);
        Protector(renewed).Unprotect(kept).ShouldBe("a channel's token");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task WithoutTheirKey_TheServerDoesNotStart_AndMakesNoNewOnes(string? key)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var first = Start(database, ("Key", First));
        Protector(first).Protect("anything");
        var keys = await KeysAsync(first);

        await using var next = key is null ? Start(database) : Start(database, ("Key", Second));
        var refused = await Should.ThrowAsync<StartupException>(() => StoredSecrets.EncryptAsync(next));

        refused.Message.ShouldContain("DataProtection:Key");
        (await KeysAsync(next)).ShouldBe(keys);
    }

    [Theory]
    [InlineData("Key", "too short")]
    [InlineData("Key", "dG9vIHNob3J0")]
    [InlineData("CertificatePath", "/nowhere/at/all.pfx")]
    public async Task WrongSetting_IsNamed(string name, string value)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

        Should.Throw<StartupException>(() => Start(database, (name, value))).Message.ShouldStartWith($"DataProtection:{name} must be");
    }

    [Theory, OnEachEngine]
    public async Task SecondFactors_AreSealed_AndThoseOfEarlierBuildsToo(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, more: services => services.AddKeys(Configuration([])));
        var tenant = await world.CreateTenantAsync();
        var id = await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser("asha@example.org", "Asha", Role.Agent, "a-good-password"), default)
            .OrThrowAsync();
        await using (var db = tenant.OpenDatabase())
        {
            db.UserTokens.Add(Token(id, AccountStore.AuthenticatorKey, "XNKRIMBBXNKRIMBBXNKRIMBBXNKRIMBB"));
            db.UserTokens.Add(Token(id, AccountStore.RecoveryCodes, "47XVQ-FJCH3;AAAAA-BBBBB"));
            await db.SaveChangesAsync();
        }

        await StoredSecrets.EncryptAsync(world.Services);
        await StoredSecrets.EncryptAsync(world.Services);

        await using var scope = world.AnonymousScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = (await users.FindByEmailAsync("asha@example.org"))!;
        (await users.GetAuthenticatorKeyAsync(user)).ShouldBe("XNKRIMBBXNKRIMBBXNKRIMBBXNKRIMBB");
        (await users.RedeemTwoFactorRecoveryCodeAsync(user, "47XVQ-FJCH3")).Succeeded.ShouldBeTrue();
        (await users.RedeemTwoFactorRecoveryCodeAsync(user, "47XVQ-FJCH3")).Succeeded.ShouldBeFalse();
        (await users.CountRecoveryCodesAsync(user)).ShouldBe(1);
        var made = (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 2))!.ToList();
        await users.ResetAuthenticatorKeyAsync(user);
        var key = (await users.GetAuthenticatorKeyAsync(user))!;
        (await users.RedeemTwoFactorRecoveryCodeAsync(user, made[1])).Succeeded.ShouldBeTrue();

        await using var read = tenant.OpenDatabase();
        var stored = await read.UserTokens.Select(token => token.Value!).ToListAsync();
        stored.ShouldAllBe(value => value.StartsWith("CfDJ8") && !value.Contains(key) && !value.Contains(made[0]));
    }

    private static IdentityUserToken<long> Token(long userId, string name, string value) =>
        new() { UserId = userId, LoginProvider = AccountStore.LoginProvider, Name = name, Value = value };

    private static IConfiguration Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"DataProtection:{setting.Name}", (string?)setting.Value)))
        .Build();

    private static ServiceProvider Start(TestDatabase database, params (string Name, string Value)[] settings) =>
        TestServices.Build(database.Provider, database.ConnectionString, more: services => services.AddKeys(Configuration(settings)));

    private static IDataProtector Protector(IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<List<string>> KeysAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml!).ToListAsync();
    }
}
