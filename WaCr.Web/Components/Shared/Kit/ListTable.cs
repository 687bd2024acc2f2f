using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>A list that is not hot: <see cref="MudTable{T}"/> as all our lists have it. On a narrow screen each row is a card of labelled lines.</summary>
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
