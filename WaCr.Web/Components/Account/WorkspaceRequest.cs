using Microsoft.AspNetCore.Components.Endpoints;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>Marks an endpoint that is no page but works in the user's workspace: downloads, uploads.</summary>
/// <param name="IsCalledByScript">Whether a refusal is a status instead of a redirect to a page.</param>
public sealed record WorkspaceSessionMetadata(bool IsCalledByScript = false);

/// <summary>Enters the user's workspace for a page rendered in a request (static or prerendered), and for marked endpoints.</summary>
public sealed class WorkspaceRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, WorkspaceSession workspace, SignInService sessions)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        var marked = endpoint?.GetMetadata<WorkspaceSessionMetadata>();
        var isPage = endpoint?.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!(isPage || marked is not null)
            || context.User.UserId() is null
            || context.Request.Path.StartsWithSegments(Urls.AccountFolder, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        if (context.User.ChosenTenantId() is null)
        {
            Refuse(Urls.ChooseWorkspace);
            return;
        }

        switch (await workspace.EnterAsync(context.User, context.RequestAborted))
        {
            case WorkspaceEntry.Entered:
                await next(context);
                break;
            case WorkspaceEntry.NeedsTwoFactor:
                Refuse(Urls.TwoFactorRequired);
                break;
            default:
                await sessions.SignOutAsync(context.User, context.RequestAborted);
                Refuse(Urls.SignInAfter("ended"));
                break;
        }

        void Refuse(string page)
        {
            if (marked is { IsCalledByScript: true })
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                context.Response.Redirect(page);
            }
        }
    }
}
