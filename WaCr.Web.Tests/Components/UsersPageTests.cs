using AngleSharp.Dom;
using Bunit;
using WaCr.Web.Components.Pages.Users;
using WaCr.Web.Components.Shared.Kit;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Components;

public sealed class UsersPageTests : ComponentTest
{
    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Agent)]
    public async Task ANewRole_ThatMayMakeNoTokens_OffersToRevokeThoseOfThePerson(Role role)
    {
        var maker = await MakerAsync();
        var (page, changed) = Change(maker, role);

        Dialogs.WaitForElement(".mud-dialog").Text().ShouldContain("Shop");
        Dialogs.Find(".mud-dialog").Text().ShouldContain("Revoke their API tokens too?");
        (await UsableAsync()).ShouldBe(["Shop"]);
        await Dialogs.FindButton("Revoke the tokens").ClickAsync(new());
        await changed;

        (await UsableAsync()).ShouldBeEmpty();
        page.WaitForAssertion(() => Member(page, maker).Role.ShouldBe(role));
    }

    /// <summary>A row that is made anew takes the focus from what is used in it.</summary>
    [Fact]
    public async Task ANewRole_LeavesTheRowThatItWasChosenIn()
    {
        var maker = await MakerAsync();
        var page = Browser.Render<UsersPage>();
        page.WaitForElement("table");
        var chosen = page.FindComponents<SelectField>().Select(list => list.Instance).Single(list => list.Value == nameof(Role.Admin));

        await page.InvokeAsync(() => chosen.ValueChanged.InvokeAsync(nameof(Role.Owner)));

        Member(page, maker).Role.ShouldBe(Role.Owner);
        page.FindComponents<SelectField>().Select(list => list.Instance).ShouldContain(chosen);
        chosen.Value.ShouldBe(nameof(Role.Owner));
    }

    [Fact]
    public async Task ANewRole_ThatMayMakeTokens_AsksNothing()
    {
        var maker = await MakerAsync();
        var (_, changed) = Change(maker, Role.Owner);

        await changed;
        Dialogs.FindAll(".mud-dialog").ShouldBeEmpty();
        (await UsableAsync()).ShouldBe(["Shop"]);
    }

    protected override void AddMore(IServiceCollection services) => services.AddSingleton(PublicUrl.Read(null));

    private async Task<long> MakerAsync()
    {
        await Tenant.SignInAsync(Role.Owner);
        var (context, owner) = (Tenant.Get<TenantContext>(), Tenant.Get<TenantContext>().Actor);
        var maker = await Tenant.SignInAsync(Role.Admin);
        var token = new CreateApiToken("Shop", [Permissions.ContactsRead], 60, ExpiresAt: null);
        await Tenant.Get<ApiTokenService>().CreateAsync(token, default).OrThrowAsync();
        context.Enter(context.Tenant, owner);
        return maker;
    }

    private (IRenderedComponent<UsersPage> Page, Task Changed) Change(long userId, Role role)
    {
        var page = Browser.Render<UsersPage>();
        page.WaitForElement("table");
        var (table, member) = (page.FindComponent<UserTable>().Instance, Member(page, userId));
        return (page, page.InvokeAsync(() => table.RoleChanged.InvokeAsync((member, role))));
    }

    private static MembershipItem Member(IRenderedComponent<UsersPage> page, long userId) =>
        page.FindComponent<UserTable>().Instance.Members.Single(member => member.Id == userId);

    private async Task<string[]> UsableAsync()
    {
        var tokens = await Tenant.Get<ApiTokenService>().ListAsync(default).OrThrowAsync();
        return [.. tokens.Where(token => token.RevokedAt is null).Select(token => token.Name)];
    }
}
