using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Account;

/// <summary>Tells the services which browser a request comes from, and marks the browser after a sign-in.</summary>
public sealed class OriginRequest(RequestDelegate next)
{
    private const string DeviceCookie = "wacr.device";
    private const string HostPrefix = "__Host-"; // https only, this host only

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
