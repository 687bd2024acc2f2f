using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// <see cref="MudTable{T}"/> with our defaults, for lists that are not performance-critical. On a narrow screen each row is a card of
/// labelled lines.
/// </summary>
public sealed class ListTable<T> : MudTable<T>
{
    public ListTable()
    {
        Dense = true;
        Hover = true;
        Outlined = true;
        Elevation = 0;
        Breakpoint = Breakpoint.Sm;
    }
}
