namespace WaCr.Web.Features.Messaging;

/// <summary>Replaces a one-time code in the stored message.</summary>
public static class MaskedCode
{
    public const string Text = "••••••";

    public static bool IsIn(string text) => text.Contains(Text, StringComparison.Ordinal);
}
