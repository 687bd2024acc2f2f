using Microsoft.AspNetCore.Localization;

namespace WaCr.Web.Components.Language;

/// <summary>Carries the chosen language from page to page, before sign-in as well. Without it the browser's languages hold.</summary>
public static class LanguageCookie
{
    /// <param name="response">Of the page that asked.</param>
    /// <param name="language">Blank: the browser's again.</param>
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
