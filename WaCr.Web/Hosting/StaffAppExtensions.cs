using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using MudBlazor;
using MudBlazor.Services;
using WaCr.Web.Components;
using WaCr.Web.Components.Account;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

public static class StaffAppExtensions
{
    public static WebApplicationBuilder AddStaffApp(this WebApplicationBuilder builder)
    {
        // Outside Development the packages' assets (MudBlazor) of an unpublished build are not found without this.
        builder.WebHost.UseStaticWebAssets();

        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<CircuitHandler, WorkspaceCircuit>();
        services.AddScoped<ContactChoicesLoader>();
        services.AddLocalization();
        services.AddScoped<Words>();
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
        app.UseStatusCodePagesWithReExecute(Urls.NotFound, createScopeForStatusCodePages: true);
        app.Use(KeepPagesFromPrograms);
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Languages.Default),
            SupportedCultures = [.. Languages.All],
            SupportedUICultures = [.. Languages.All],
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<WorkspaceRequest>();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapPost(Urls.SignOut, SignOutAsync);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    // What calls the API gets the API's answers, and never a page.
    private static Task KeepPagesFromPrograms(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    // The form's antiforgery token is checked by the middleware above, since the endpoint binds a form.
    private static async Task<IResult> SignOutAsync(SignInService sessions, [Microsoft.AspNetCore.Mvc.FromForm] string? reason)
    {
        await sessions.SignOutAsync();
        return Results.LocalRedirect(reason is null ? Urls.SignIn() : $"{Urls.SignIn()}?reason={Uri.EscapeDataString(reason)}");
    }
}
