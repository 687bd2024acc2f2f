using Microsoft.AspNetCore.Components.Endpoints;
using WaCr.Web.Features.Users;
using WaCr.Web.Security;

namespace WaCr.Web.Components.Account;

/// <summary>Opens the workspace's door for a page that is rendered in a request (static or prerendered).</summary>
public sealed class WorkspaceRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, WorkspaceDoor door, SignInService sessions)
    {
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!isPage || context.User.UserId() is not { } userId || context.Request.Path.StartsWithSegments(Urls.AccountFolder, StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        if (context.User.ChosenTenantId() is not { } tenantId)
        {
            context.Response.Redirect(Urls.ChooseWorkspace);
            return;
        }

        if (!await door.EnterAsync(userId, tenantId, context.RequestAborted))
        {
            await sessions.SignOutAsync();
            context.Response.Redirect($"{Urls.SignIn()}?reason=ended");
            return;
        }

        await next(context);
    }
}
