using WaCr.Web.Features.Demo;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Tests.Security;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("1234567890", false)] // too short
    [InlineData("123456789012", false)]
    [InlineData("password1234", false)]
    [InlineData("P@ssw0rd!2026", false)]
    [InlineData("passwordpassword", false)]
    [InlineData("Qwerty123456!", false)]
    [InlineData("letmein-letmein", false)]
    [InlineData("1qaz2wsx3edc", false)]
    [InlineData("abcdefghijklm", false)]
    [InlineData("aaaaaaaaaaaa", false)]
    [InlineData("abcabcabcabc", false)]
    [InlineData("____________", false)]
    [InlineData("Iyer-likes-rain", false)] // the name
    [InlineData("meera.i4711 rocks", false)] // the address before the @
    [InlineData("northwind-2026-x", false)] // and after it
    [InlineData("wacr-wacr-is-fine", false)]
    [InlineData("a-good-password", true)]
    [InlineData("correct horse battery", true)]
    [InlineData("kqzv-81-plomf", true)]
    [InlineData("naranja azul 39", true)]
    [InlineData("كلمة مرور طويلة", true)]
    public async Task Password_IsTakenOrNot(string password, bool isTaken)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var scope = world.AnonymousScope();

        var errors = await scope.ServiceProvider.GetRequiredService<AccountFactory>()
            .CheckAsync("meera.i4711@northwind.example", "Meera Iyer", password);

        errors.Has("password").ShouldBe(!isTaken);
    }

    [Fact]
    public async Task DemosPassword_IsTakenForItsPeople()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var scope = world.AnonymousScope();

        (await scope.ServiceProvider.GetRequiredService<AccountFactory>().CheckAsync("owner@demo.test", "Devika Rao", DemoSeed.Password))
            .Any.ShouldBeFalse();
    }
}
