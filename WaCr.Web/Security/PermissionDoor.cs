using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Security;

/// <summary>The question that every service method asks first.</summary>
public static class PermissionDoor
{
    public static ForbiddenError? Lacks(this TenantContext scope, string permission) =>
        scope.Actor.May(permission) ? null : new ForbiddenError(permission);
}
