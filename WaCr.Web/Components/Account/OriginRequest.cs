using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>Tells the services from which browser a request comes, and lets the browser keep that somebody signed in with it.</summary>
public sealed class OriginRequest(RequestDelegate next)
{
    private const string DeviceCookie = "wacr.device";
    private const string HostPrefix = "__Host-"; // over https alone, from this very host

    public Task InvokeAsync(HttpContext context, RequestOrigin origin)
    {
        var name = (context.Request.IsHttps ? HostPrefix : "") + DeviceCookie;
        origin.Device = context.Request.Headers.UserAgent.ToString();
        origin.DeviceToken = context.Request.Cookies[name];
        context.Response.OnStarting(() =>
        {
            if (origin.NewDeviceToken is { } token)
            {
                context.Response.Cookies.Append(name, token, new CookieOptions
                {
                    Path = "/",
                    HttpOnly = true,
                    Secure = context.Request.IsHttps,
                    SameSite = SameSiteMode.Strict,
                    MaxAge = DeviceTokens.Lifetime,
                    IsEssential = true,
                });
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
