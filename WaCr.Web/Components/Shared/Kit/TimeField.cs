using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// <see cref="MudTimePicker"/> with our defaults and its label above: typed or picked, with 12 or 24 hours as the user's language has them.
/// </summary>
public sealed class TimeField : MudTimePicker
{
    public TimeField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
        Editable = true;
        ShowToolbar = false;
        AutoClose = true;
        IconSize = Size.Small;
        AmPm = CultureInfo.CurrentCulture.DateTimeFormat.ShortTimePattern.Contains('t', StringComparison.Ordinal);
        AdornmentIcon = Icons.Material.Outlined.Schedule;
    }
}
