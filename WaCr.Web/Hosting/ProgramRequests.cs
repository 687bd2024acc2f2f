using WaCr.Web.Components.Account;

namespace WaCr.Web.Hosting;

internal static class ProgramRequests
{
    /// <summary>Whether a program or a script asks, which gets a status and never a page.</summary>
    public static bool IsCalledByProgram(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments(CircuitGuard.Path, StringComparison.OrdinalIgnoreCase)
        || context.GetEndpoint()?.Metadata.GetMetadata<WorkspaceSessionMetadata>() is { IsCalledByScript: true };
}
