using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using MudBlazor;
using MudBlazor.Services;
using WaCr.Web.Components;
using WaCr.Web.Components.Account;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Layout;
using WaCr.Web.Components.Pages.Audit;
using WaCr.Web.Components.Pages.Campaigns;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Components.Pages.Contacts.Bulk;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Components.Pages.Conversations;
using WaCr.Web.Components.Pages.Dashboard;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

public static class StaffAppExtensions
{
    // A prerendered page's state travels to its circuit: a hundred contacts exceed SignalR's default of 32 kB.
    private const long MaxPageState = 1024 * 1024;

    public static WebApplicationBuilder AddStaffApp(this WebApplicationBuilder builder)
    {
        // Outside Development, an unpublished build finds packages' assets (MudBlazor) only with this.
        builder.WebHost.UseStaticWebAssets();

        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxPageState);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddHttpContextAccessor();
        services.AddScoped<CircuitHandler, ClientAddressCircuit>();
        services.AddScoped<CircuitHandler, WorkspaceCircuit>();
        services.AddPages();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.VisibleStateDuration = 4_000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 120;
            mud.SnackbarConfiguration.HideTransitionDuration = 120;
            mud.SnackbarConfiguration.PreventDuplicates = false;
        });
        return builder;
    }

    public static WebApplication MapStaffApp(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPage.WriteAsync });
        }

        app.UseStatusCodePagesWithReExecute(Urls.NotFound, createScopeForStatusCodePages: true);
        app.Use(KeepPagesFromPrograms);
        app.Use(LeaveOutNuls);
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Languages.Default),
            SupportedCultures = [.. Languages.All],
            SupportedUICultures = [.. Languages.All],
        });
        app.UseMiddleware<OriginRequest>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<CircuitGuard>();
        app.UseMiddleware<ConfirmedRequest>();
        app.UseMiddleware<WorkspaceRequest>();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapFiles();
        app.MapGet(Urls.Offline, ErrorPage.Offline).AllowAnonymous();
        app.MapGet(Urls.Manifest, AppManifest.Write).AllowAnonymous();
        app.MapGet(Urls.NotificationTexts, NotificationLabels.Write).AllowAnonymous();
        app.MapGet(Urls.OpenNotification, OpenNotification).RequireAuthorization();
        app.MapPost(Urls.SignOut, SignOutAsync);
        app.MapPost(Urls.Language, ChooseLanguage).AllowAnonymous();
        app.MapContactExport();
        app.MapPersonExport();
        app.MapAuditExport();
        app.MapPost(Urls.NewPasskeyOptions, NewPasskeyAsync).RequireAuthorization();
        app.MapPost(Urls.PasskeySignInOptions, AskForPasskeyAsync).AllowAnonymous();
        app.MapContactImport();
        app.MapBroadcastExport();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null) // SecurityHeaders sets it
            .Add(CircuitGuard.Protect);
        return app;
    }

    // A notification may be of a workspace other than the one that is open.
    private static IResult OpenNotification(HttpContext context, string? workspace, string? path) => Results.Redirect(
        context.User.ChosenTenantId()?.ToString(CultureInfo.InvariantCulture) == workspace
            ? Urls.LocalOrHome(path)
            : Urls.ChooseWorkspaceThen(Urls.LocalOrHome(path)));

    // API clients and scripts get a status, never a page. So does a rejected form: re-executing for an error page would repeat its fields.
    private static Task KeepPagesFromPrograms(HttpContext context, RequestDelegate next)
    {
        if ((HttpMethods.IsPost(context.Request.Method) || context.IsCalledByProgram())
            && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    // Nobody types a NUL, and PostgreSQL takes it in no text. A redirect, since the page's circuit reads the browser's address.
    private static Task LeaveOutNuls(HttpContext context, RequestDelegate next)
    {
        const string Nul = "%00";
        var (request, metadata) = (context.Request, context.GetEndpoint()?.Metadata);
        var isOfTheApp = metadata?.GetMetadata<ComponentTypeMetadata>() is not null
            || metadata?.GetMetadata<WorkspaceSessionMetadata>() is { IsCalledByScript: false };
        if (!isOfTheApp || !HttpMethods.IsGet(request.Method) || request.QueryString.Value?.Contains(Nul, StringComparison.Ordinal) != true)
        {
            return next(context);
        }

        context.Response.Redirect(Urls.LocalOrHome(
            request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString.Value.Replace(Nul, "", StringComparison.Ordinal)));
        return Task.CompletedTask;
    }

    // Binding a form makes the middleware check the antiforgery token.
    private static async Task<IResult> SignOutAsync(
        HttpContext context, SignInService sessions, [Microsoft.AspNetCore.Mvc.FromForm] string? reason)
    {
        await sessions.SignOutAsync(context.User, context.RequestAborted);
        return Results.LocalRedirect(reason is null ? Urls.SignIn() : Urls.SignInAfter(reason));
    }

    // Both bind the form only for its antiforgery token.
    private static async Task<IResult> NewPasskeyAsync(HttpContext context, PasskeyService passkeys, IFormCollection form) =>
        await passkeys.CreationOptionsAsync(context.User, context.RequestAborted) is { } options ? Json(options) : Results.Unauthorized();

    private static async Task<IResult> AskForPasskeyAsync(SignInService sessions, IFormCollection form) =>
        Json(await sessions.PasskeyRequestAsync());

    private static IResult Json(string options) => Results.Content(options, "application/json");

    private static IResult ChooseLanguage(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromForm] string language, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl)
    {
        LanguageCookie.Set(context.Response, language);
        return Results.LocalRedirect(Urls.LocalOrHome(returnUrl));
    }
}
