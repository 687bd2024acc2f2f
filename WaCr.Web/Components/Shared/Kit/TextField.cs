using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// <see cref="MudTextField{T}"/> with our defaults and its label above. While it has the focus, values from the server are ignored, so that
/// no input is lost; so the server cannot clear it until it loses the focus.
/// </summary>
public sealed class TextField : MudTextField<string>
{
    public TextField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
        Immediate = true;
    }
}
