using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>On a page that changes how somebody signs in: a session that was left open or stolen does not reach it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfirmedSessionAttribute : Attribute;

/// <summary>Leads to the page that asks for the password or a passkey once more, where the next one wants it.</summary>
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
