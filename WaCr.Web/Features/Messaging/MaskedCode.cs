namespace WaCr.Web.Features.Messaging;

/// <summary>What is kept and shown of a message in place of the code that it carried.</summary>
public static class MaskedCode
{
    public const string Text = "••••••";

    public static bool IsIn(string text) => text.Contains(Text, StringComparison.Ordinal);
}
