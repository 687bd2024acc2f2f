using System.Collections.Concurrent;

namespace WaCr.Web.Components.Shared;

/// <summary>Names of language tags in the screen's language.</summary>
public static class LanguageNames
{
    // The languages that templates support.
    private static readonly string[] Offered = (
        "af sq ar ar-EG ar-AE ar-LB ar-MA ar-QA az be bn bg ca zh-CN zh-HK zh-TW hr cs da nl nl-BE en en-GB en-US et fil fi fr fr-BE fr-CA fr-CH ka de "
        + "de-AT de-CH el gu ha he hi hu id ga it ja kn kk rw ko ky lo lv lt mk ms ml mr nb fa ps pl pt pt-BR pt-PT pa ro ru sr si sk sl es es-AR es-CL "
        + "es-CO es-MX es-ES sw sv ta te th tr uk ur uz vi zu").Split(' ');

    private static readonly ConcurrentDictionary<(string Screen, string Tag), string> Known = new();

    /// <summary>The tag itself if it has no name.</summary>
    public static string Of(string tag) => Known.GetOrAdd((CultureInfo.CurrentUICulture.Name, tag), key => Read(key.Tag));

    /// <param name="value">The current choice, always included.</param>
    public static IReadOnlyList<Choice> Choices(string value = "") =>
        [
            .. Offered.Union(value.Length > 0 ? [value] : [], StringComparer.Ordinal)
                .Select(tag => new Choice(tag, Of(tag)))
                .OrderBy(choice => choice.Text, StringComparer.CurrentCulture)
        ];

    /// <summary>In the language itself, as its speakers look for it; the code where nobody has a name for it.</summary>
    /// <param name="code">As WhatsApp writes it, <c>pt_BR</c>.</param>
    public static string Native(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code.Replace('_', '-'), predefinedOnly: true).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    private static string Read(string tag)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(tag).DisplayName;
            return name.Length > 0 && !name.StartsWith("Unknown", StringComparison.Ordinal)
                ? CultureInfo.CurrentUICulture.TextInfo.ToUpper(name[0]) + name[1..]
                : tag;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }
}
