using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Components.Account;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

/// <summary>Client address, host name, encryption and security headers.</summary>
internal static partial class WebSecurityExtensions
{
    private const string AnyHost = "*";
    private const string HostPrefix = "__Host-"; // browsers accept such a cookie only over https and from this host

    public static IServiceCollection AddPublicUrl(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(PublicUrl.Read(configuration[PublicUrl.Key]));

    public static void AddWebSecurity(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var publicUrl = PublicUrl.Read(configuration[PublicUrl.Key]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        services.AddPublicUrl(configuration);
        services.AddOptions<ForwardedHeadersOptions>()
            .Configure((configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions()).ApplyTo)
                .ValidateOnStart();
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddSettings<OpenPageOptions>(configuration, OpenPageOptions.Section)
            .Validate(
                pages => pages is { MaxConnections: > 0, MaxConnectionsPerUser: > 0 },
                "StaffApp:MaxConnections and MaxConnectionsPerUser must be at least 1.");
        services.AddSingleton<CircuitConnections>();
        services.AddSettings<SignInLimitOptions>(configuration, SignInLimitOptions.Section)
            .Validate(
                limits => limits is { MaxAttemptsPerMinute: > 0, MaxHashesAtOnce: >= 0 },
                "SignIn:MaxAttemptsPerMinute must be at least 1, MaxHashesAtOnce zero or more.");
        if (publicUrl.Address is { } address && configuration["AllowedHosts"] is null or "" or AnyHost)
        {
            // Health checks and the sandbox call by these names.
            services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = [address.Host, "localhost", "127.0.0.1", "[::1]"]);
        }

        if (IsEncrypted(builder.Environment, publicUrl))
        {
            EncryptCookies(services);
        }
    }

    /// <summary>Must come before anything that reads the client's address, the scheme or the host.</summary>
    public static void UseWebSecurity(this WebApplication app)
    {
        var publicUrl = app.Services.GetRequiredService<PublicUrl>();
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        if (IsEncrypted(app.Environment, publicUrl))
        {
            app.UseHsts();
            app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        }

        if (publicUrl.Address is { } address && address.Scheme == Uri.UriSchemeHttps)
        {
            app.Use((context, next) => RedirectToHttps(context, next, address));
        }

        if (!app.Environment.IsDevelopment() && publicUrl.Address?.Scheme != Uri.UriSchemeHttps)
        {
            Log.NoPublicUrl(app.Logger, PublicUrl.Key);
        }
    }

    // https is expected unless the environment is Development or the public address is http.
    private static bool IsEncrypted(IHostEnvironment environment, PublicUrl publicUrl) =>
        publicUrl.Address is { } address ? address.Scheme == Uri.UriSchemeHttps : !environment.IsDevelopment();

    private static void EncryptCookies(IServiceCollection services)
    {
        services.Configure<AntiforgeryOptions>(forms => Bind(forms.Cookie, "wacr.form"));
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.ApplicationScheme, cookie => Bind(cookie.Cookie, cookie.Cookie.Name!));
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.TwoFactorUserIdScheme, cookie => Bind(cookie.Cookie, cookie.Cookie.Name!));
    }

    // The cookie policy makes all cookies Secure. With its own setting, antiforgery would refuse to render a form over http.
    private static void Bind(CookieBuilder cookie, string name)
    {
        cookie.Name = HostPrefix + name;
        cookie.Path = "/";
        cookie.SecurePolicy = CookieSecurePolicy.None;
    }

    // API clients are not redirected: what they sent in clear is already exposed, so the call must fail visibly.
    private static Task RedirectToHttps(HttpContext context, RequestDelegate next, Uri address)
    {
        var request = context.Request;
        if (request.IsHttps || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || !request.Host.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = new Uri(address, $"{request.PathBase}{request.Path}{request.QueryString}").AbsoluteUri;
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1105, Level = LogLevel.Warning,
            Message =
                "{Key} is not an https address, so links and the accepted host name are taken from requests. Set it to the public address of the app (docs/operating.md).")]
        public static partial void NoPublicUrl(ILogger logger, string key);
    }
}
