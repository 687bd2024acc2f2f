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
    public static readonly FieldError ShortcutRequired = new("quick_reply.shortcut_required", "Shortcut is required");
    public static readonly FieldError ShortcutInvalid =
        new("quick_reply.shortcut_invalid", "A shortcut consists of letters, digits, hyphens and underscores");
    public static readonly FieldError ShortcutTaken = new("quick_reply.shortcut_taken", "This shortcut already exists");
    public static readonly FieldError TextRequired = new("quick_reply.text_required", "Text is required");
    public static readonly FieldError TooMany =
        new("quick_reply.too_many", "There are as many quick replies as can be kept; delete one first");

    public static NotFoundError NotFound => new("quick_reply.not_found", "Quick reply not found");
}
