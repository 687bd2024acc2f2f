using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary><see cref="MudDateRangePicker"/> with our defaults and its label above.</summary>
public sealed class DateRangeField : MudDateRangePicker
{
    public DateRangeField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
        Editable = true;
        ShowToolbar = false;
        IconSize = Size.Small;
        AdornmentIcon = Icons.Material.Outlined.DateRange;
    }
}
