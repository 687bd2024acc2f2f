using System.Reflection;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Security;
using WaCr.Web.Tests.Security;

namespace WaCr.Web.Tests.Architecture;

/// <summary>No permission, page or service method comes in, or changes hands, without somebody having said who it is for.</summary>
public sealed class RoleTableTests
{
    private const string Where = "WaCr.Web.Tests/Security/RoleTable.cs";

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    // Those about the account itself (Components/Account) are the person's own, or open.
    private static IEnumerable<string> PagesOfTheWorkspace => typeof(Program).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("WaCr.Web.Components.Pages", StringComparison.Ordinal) == true
            && type.Name != "NotFoundPage")
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false))
        .Select(route => route.Template);

    [Fact]
    public void EveryPermission_HasItsRoles() =>
        ShouldBeTheSame(
            Permissions.All, RoleTable.Permissions.Keys, $"Say in {nameof(RoleTable.Permissions)} of {Where} which roles have it.");

    [Fact]
    public void EveryPage_HasItsRoles() =>
        ShouldBeTheSame(
            PagesOfTheWorkspace,
            RoleTable.Pages.Keys.Concat(RoleTable.SandboxPages.Keys),
            $"Say in {nameof(RoleTable.Pages)} of {Where} which roles see it.");

    [Fact]
    public void EveryServiceMethod_SaysWhatItAsksFor() =>
        ShouldBeTheSame(
            ServiceMethod.All.Select(method => method.Name),
            RoleTable.Services.Keys,
            $"Say in {nameof(RoleTable.Services)} of {Where} what it asks for.");

    [Theory, MemberData(nameof(Roles))]
    public void Role_HasThePermissionsOfTheTable(Role role) =>
        RolePermissions.Of(role).Order(StringComparer.Ordinal)
            .ShouldBe(
                RoleTable.Permissions.Where(line => line.Value.Contains(role)).Select(line => line.Key).Order(StringComparer.Ordinal));

    private static void ShouldBeTheSame(IEnumerable<string> found, IEnumerable<string> listed, string advice)
    {
        found.Except(listed).ShouldBeEmpty(advice);
        listed.Except(found).ShouldBeEmpty($"It is gone: take it out of {Where}.");
    }
}
