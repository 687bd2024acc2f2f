namespace WaCr.Web.Domain;

/// <summary>A text that the workspace sends often, under a shortcut: <c>/hours</c>.</summary>
public sealed class QuickReply : ITenantOwned
{
    public const int ShortcutMaxLength = 32;
    public const int TextMaxLength = Message.TextMaxLength;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>Lower-case letters, digits, hyphens and underscores, without the slash; unique in the tenant.</summary>
    public string Shortcut { get; set; } = "";

    /// <summary>May hold merge fields, filled in when it is chosen.</summary>
    public string Text { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public static bool IsShortcut(string text) =>
        text.Length is > 0 and <= ShortcutMaxLength && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_');
}
