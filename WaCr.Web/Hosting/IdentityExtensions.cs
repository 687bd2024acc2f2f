using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Components;
using WaCr.Web.Components.Account;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Security;

namespace WaCr.Web.Hosting;

public static class IdentityExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("WaCr").PersistKeysToDbContext<AppDbContext>();
        services
            .AddIdentityCore<AppUser>(identity =>
            {
                DatabaseOptions.ConfigureIdentitySchema(identity);
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = 10;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 4;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<AppDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, ConfigureHalfwayCookie)
            // Never issued: no device is remembered. Identity signs out of it too when it ends a session, and fails where it is missing.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Found without a name typed first, and unlocked with a finger, a face or a PIN: two factors in one.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
        });
        services.AddAuthorization();
        services.Configure<SecurityStampValidatorOptions>(stamps =>
        {
            stamps.ValidationInterval = TimeSpan.FromMinutes(1);
            stamps.OnRefreshingPrincipal = KeepWorkspace;
        });
        return services;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "wacr.session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = Urls.SignIn();
        cookie.AccessDeniedPath = Urls.AccessDenied;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        cookie.Events.OnRedirectToLogin = context => RedirectPages(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => RedirectPages(context, StatusCodes.Status403Forbidden);
    }

    // Between the password and the code, or between asking for a passkey and its answer; it opens nothing by itself.
    private static void ConfigureHalfwayCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "wacr.halfway";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        cookie.SlidingExpiration = false;
    }

    // A program that calls the API is told no; only people are led to a page.
    private static Task RedirectPages(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments(CircuitGuard.Path, StringComparison.Ordinal)
            || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<WorkspaceDoorMetadata>() is { IsCalledByScript: true })
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    // A refreshed principal is made from the account alone, and would forget which workspace was chosen and how the session began.
    private static Task KeepWorkspace(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.NewPrincipal?.Identity is ClaimsIdentity identity)
        {
            var ours = context.CurrentPrincipal?.Claims.Where(claim => claim.Type.StartsWith(SessionClaims.Ours, StringComparison.Ordinal)) ?? [];
            identity.AddClaims(ours.Select(claim => claim.Clone()));
        }

        return Task.CompletedTask;
    }
}
