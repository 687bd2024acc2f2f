using System.Text.RegularExpressions;
using Ganss.Xss;

namespace WaCr.Web.Features.Comments;

/// <summary>Comments are stored as written and sanitized on display, so that a better sanitizer also covers old comments.</summary>
public static partial class CommentText
{
    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Sanitizes HTML. Text without markup is returned unchanged; a lone &lt; or &amp; is not markup.</summary>
    public static string Harmless(string text) => HasMarkup(text) ? Sanitizer.Sanitize(text) : text;

    /// <summary>Whether the text contains anything that could start a tag, comment or declaration.</summary>
    public static bool HasMarkup(string text) => Markup().IsMatch(text);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(); // its default list excludes scripts, event handlers, frames, objects and javascript: URLs
        // no forms; no images either, since loading one tells its host who reads and when
        sanitizer.AllowedTags.ExceptWith(
            [
                "form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "keygen",
                "datalist", "output", "progress", "meter", "map", "area", "img", "picture", "source"
            ]);
        sanitizer.AllowedAttributes.ExceptWith(["style", "class", "id", "name"]); // nothing that could imitate the page around it
        // nothing that loads a URL like an image
        sanitizer.AllowedAttributes.ExceptWith(["background", "src", "srcset", "lowsrc", "dynsrc", "longdesc", "poster"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto", "tel"]);
        return sanitizer;
    }

    [GeneratedRegex("<[A-Za-z/!?]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markup();
}
