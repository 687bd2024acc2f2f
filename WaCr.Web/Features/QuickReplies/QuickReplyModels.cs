using WaCr.Web.Common;

namespace WaCr.Web.Features.QuickReplies;

/// <param name="Shortcut">Without the slash.</param>
public sealed record QuickReplyItem(long Id, string Shortcut, string Text);

public static class QuickReplyFields
{
    public const string Shortcut = "shortcut";
    public const string Text = "text";
}

public static class QuickReplyErrors
{
    public const string ShortcutRequired = "Shortcut is required";
    public const string ShortcutInvalid = "A shortcut consists of letters, digits, hyphens and underscores";
    public const string ShortcutTaken = "This shortcut already exists";
    public const string TextRequired = "Text is required";
    public const string TooMany = "There are as many quick replies as can be kept; delete one first";

    public static NotFoundError NotFound => new("Quick reply not found");
}
