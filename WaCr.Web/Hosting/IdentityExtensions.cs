using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Components;
using WaCr.Web.Components.Account;
using WaCr.Web.Data;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

public static class IdentityExtensions
{
    private static readonly object SessionEnded = new();

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("WaCr").PersistKeysToDbContext<AppDbContext>();
        services
            .AddIdentityCore<AppUser>(identity =>
            {
                DatabaseOptions.ConfigureIdentitySchema(identity);
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = PasswordRules.MinLength;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = PasswordRules.MinDifferent;
            })
            .AddEntityFrameworkStores<AppDbContext>()
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager<AccountSignInManager>()
            .AddDefaultTokenProviders();
        services.AddScoped<IHalfwaySignIn>(provider => (AccountSignInManager)provider.GetRequiredService<SignInManager<AppUser>>());
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, ConfigureCookie)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, ConfigureHalfwayCookie)
            // Never issued, since no device is remembered, but Identity signs out of this scheme and fails if it is missing.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Discoverable without a user name and unlocked by a finger, a face or a PIN: two factors in one.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
        });
        services.AddAuthorization();
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
        cookie.Events.OnValidatePrincipal = ValidateSessionAsync;
        cookie.Events.OnRedirectToLogin = context => RedirectPages(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => RedirectPages(context, StatusCodes.Status403Forbidden);
    }

    // Between the password and the code, or between a passkey's request and its answer; grants no access.
    private static void ConfigureHalfwayCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "wacr.halfway";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        cookie.SlidingExpiration = false;
    }

    // API clients get a status; only people are redirected to a page.
    private static Task RedirectPages(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.HttpContext.IsCalledByProgram())
        {
            context.Response.StatusCode = status;
        }
        else
        {
            var reason = context.HttpContext.Items.ContainsKey(SessionEnded) ? "&reason=ended" : "";
            context.Response.Redirect(context.RedirectUri + reason);
        }

        return Task.CompletedTask;
    }

    // The cookie names a session; its row says whether the session is open and the account unchanged.
    private static async Task ValidateSessionAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<SessionlessMetadata>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        var sessions = http.RequestServices.GetRequiredService<SessionService>();
        if (context.Principal is not { } principal || !await sessions.IsCurrentAsync(principal, http.RequestAborted))
        {
            http.Items[SessionEnded] = true;
            context.RejectPrincipal();
            await http.SignOutAsync(context.Scheme.Name);
        }
    }
}

/// <summary>Marks what asks for no session, so that it answers while the database, which has the sessions, does not.</summary>
internal sealed class SessionlessMetadata;
