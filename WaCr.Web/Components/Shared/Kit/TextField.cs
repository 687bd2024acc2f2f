using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// A line or a few lines of text, with its label above it: <see cref="MudTextField{T}"/> as all our forms have it. While somebody types in it, what
/// the server sends back is passed over, so that no letter is lost; so it can't be emptied by the server either until it is left.
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
