using System.Text.RegularExpressions;
using Ganss.Xss;

namespace WaCr.Web.Features.Comments;

/// <summary>
/// Comments are kept as they were written and made harmless when they are shown, so that what is harmless can be judged anew.
/// </summary>
public static partial class CommentText
{
    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Text without markup stays to the letter; a lone &lt; or &amp; is no markup.</summary>
    public static string Harmless(string text) => HasMarkup(text) ? Sanitizer.Sanitize(text) : text;

    /// <summary>What could begin a tag, a comment or a declaration.</summary>
    public static bool HasMarkup(string text) => Markup().IsMatch(text);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(); // its default list has no scripts, handlers, frames, objects or javascript addresses
        sanitizer.AllowedTags.ExceptWith(["form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "keygen", "datalist", "output", "progress", "meter", "map", "area", "img", "picture", "source"]); // a picture from elsewhere tells its owner who reads, and when
        sanitizer.AllowedAttributes.ExceptWith(["style", "class", "id", "name"]); // nothing that dresses up as the page around it
        sanitizer.AllowedAttributes.ExceptWith(["background", "src", "srcset", "lowsrc", "dynsrc", "longdesc", "poster"]); // nor fetches as a picture does
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto", "tel"]);
        return sanitizer;
    }

    [GeneratedRegex("<[A-Za-z/!?]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markup();
}
