using MudBlazor;

namespace WaCr.Web.Components.Shared.Kit;

/// <summary><see cref="MudNumericField{T}"/> with our defaults and its label above.</summary>
public sealed class NumberField<T> : MudNumericField<T>
{
    public NumberField()
    {
        Variant = Variant.Outlined;
        Margin = Margin.Dense;
    }
}
