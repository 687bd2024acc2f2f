using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Pages.Contacts.Import;

/// <summary>Screen texts for encodings and delimiters.</summary>
public static class ReadingLabels
{
    public static string Encoding(Localizer T, string? name)
    {
        var script = name switch
        {
            "windows-1252" or "iso-8859-15" or "ibm850" or "macintosh" => T["Western European"],
            "windows-1250" => T["Central European"],
            "windows-1251" or "iso-8859-5" or "koi8-r" or "koi8-u" or "cp866" => T["Cyrillic"],
            "windows-1253" => T["Greek"],
            "windows-1254" => T["Turkish"],
            "windows-1255" => T["Hebrew"],
            "windows-1256" => T["Arabic script"],
            "windows-1257" => T["Baltic"],
            "windows-1258" => T["Vietnamese"],
            "windows-874" => T["Thai"],
            "shift_jis" or "euc-jp" => T["Japanese"],
            "gb18030" or "big5" => T["Chinese"],
            "euc-kr" => T["Korean"],
            _ => null,
        };
        var shown = name switch
        {
            null => "",
            "macintosh" => "Mac Roman",
            _ when name.StartsWith("windows", StringComparison.Ordinal) => "Windows" + name[7..],
            _ => name.ToUpperInvariant(),
        };
        return script is null ? shown : $"{script} ({shown})";
    }

    public static string Delimiter(Localizer T, char delimiter) => delimiter switch
    {
        ',' => T["Comma (,)"],
        ';' => T["Semicolon (;)"],
        '\t' => T["Tab"],
        '|' => T["Vertical bar (|)"],
        _ => delimiter.ToString(),
    };
}
