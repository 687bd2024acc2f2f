namespace WaCr.Web.Security;

/// <summary>The permission check that every service method does first.</summary>
public static class PermissionGuard
{
    public static ForbiddenError? Require(this TenantContext tenant, string permission) =>
        tenant.Actor.May(permission) ? null : new ForbiddenError(permission);
}
