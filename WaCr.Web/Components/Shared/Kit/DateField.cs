using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// <see cref="MudDatePicker"/> with our defaults and its label above: typed or picked, in the format of the user's language.
/// </summary>
public sealed class DateField : MudDatePicker
{
    public DateField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
        Editable = true;
        ShowToolbar = false;
        AutoClose = true;
        IconSize = Size.Small;
        AdornmentIcon = Icons.Material.Outlined.CalendarToday;
    }
}
