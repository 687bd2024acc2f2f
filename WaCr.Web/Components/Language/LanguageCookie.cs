using Microsoft.AspNetCore.Localization;

namespace WaCr.Web.Components.Language;

/// <summary>Stores the chosen language in a cookie, also before sign-in. Without it the browser's languages apply.</summary>
public static class LanguageCookie
{
    /// <param name="response">The current page's.</param>
    /// <param name="language">Blank removes the choice.</param>
    public static void Choose(HttpResponse response, string? language)
    {
        if (string.IsNullOrEmpty(language))
        {
            response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName);
        }
        else
        {
            Set(response, language);
        }
    }

    public static void Set(HttpResponse response, string language)
    {
        if (!Languages.All.Any(known => known.Name == language))
        {
            return;
        }

        response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
    }
}
