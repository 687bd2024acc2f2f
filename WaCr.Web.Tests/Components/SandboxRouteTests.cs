using Microsoft.Extensions.Configuration;
using WaCr.Web.Hosting;
using WaCr.Web.Tests.Security;

namespace WaCr.Web.Tests.Components;

/// <summary>Where WhatsApp is no sandbox there is no phone, no way to it and none of its files; where it is one, the phone is for some
/// roles.</summary>
public sealed class SandboxRouteTests
{
    [Fact]
    public async Task WithoutASandbox_NothingOfItIsThere()
    {
        var app = new TestApp();
        await app.InitializeAsync();
        try
        {
            using var owner = await StaffClient.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);
            (await owner.GetAsync("/sandbox")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await owner.GetAsync("/sandbox/files/106540352242922/1")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await owner.GetAsync("/sandbox/control/numbers")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await owner.GetAsync("/")).Rail.ShouldNotContain("/sandbox");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task WithASandbox_ItIsForTheRolesOfTheTable()
    {
        var app = new TestApp { More = services => services.AddSandboxServices(new ConfigurationBuilder().Build()) };
        await app.InitializeAsync();
        try
        {
            var tenant = await app.CreateTenantAsync();
            foreach (var role in Enum.GetValues<Role>())
            {
                using var staff = await StaffClient.SignInAsync(app, tenant, role);
                foreach (var (path, roles) in RoleTable.SandboxPages.Values)
                {
                    var page = await staff.GetAsync(path);
                    page.Status.ShouldBe(HttpStatusCode.OK);
                    page.Text.Contains("Your role doesn't allow this", StringComparison.Ordinal)
                        .ShouldBe(!roles.Contains(role), $"{path} for {role}");
                    page.Rail.Contains(path).ShouldBe(roles.Contains(role), $"{path} for {role}");
                }

                // The other workspace's numbers, and files that are not there.
                (await staff.GetAsync("/sandbox/files/106540352242922/1")).Status.ShouldBe(HttpStatusCode.NotFound);
            }
        }
        finally
        {
            await app.DisposeAsync();
        }
    }
}
