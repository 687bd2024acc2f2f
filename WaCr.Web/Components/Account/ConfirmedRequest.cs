using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>
/// Marks a page that changes the sign-in: it needs a recent password or passkey, so an unattended or stolen session does not reach it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfirmedSessionAttribute : Attribute;

/// <summary>Redirects to the page that asks for the password or passkey again, if the endpoint requires it.</summary>
public sealed class ConfirmedRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, SessionService sessions)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ConfirmedSessionAttribute>() is not null
            && !await sessions.IsConfirmedAsync(context.User, context.RequestAborted))
        {
            context.Response.Redirect(Urls.Confirm(context.Request.Path + context.Request.QueryString));
            return;
        }

        await next(context);
    }
}
