using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary>
/// <see cref="MudTextField{T}"/> with our defaults and its label above. While it has the focus, values from the server are ignored, so that
/// no input is lost; so the server cannot clear it until it loses the focus.
/// </summary>
public sealed class TextField : MudTextField<string>
{
    /// <summary>MudBlazor's own default of the greatest length.</summary>
    public const int NoLimit = 524_288;

    public TextField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
        Immediate = true;
    }
}
