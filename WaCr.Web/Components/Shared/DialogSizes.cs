using MudBlazor;

namespace WaCr.Web.Components.Shared;

/// <summary>The widths of dialogs. Escape closes each of them, and the focus is on its first field (<c>MainLayout</c>).</summary>
public static class DialogSizes
{
    /// <summary>A question, or a field or two.</summary>
    public static readonly DialogOptions Small = Of(MaxWidth.ExtraSmall);

    /// <summary>A form.</summary>
    public static readonly DialogOptions Medium = Of(MaxWidth.Small);

    /// <summary>A text to read.</summary>
    public static readonly DialogOptions Large = Of(MaxWidth.Medium);

    private static DialogOptions Of(MaxWidth width) => new() { MaxWidth = width, FullWidth = true, CloseOnEscapeKey = true };
}
