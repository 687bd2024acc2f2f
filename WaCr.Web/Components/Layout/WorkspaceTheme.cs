using MudBlazor;

namespace WaCr.Web.Components.Layout;

/// <summary>
/// The one place for colours and fonts. Both modes are on the page, each under its own selector, and <c>theme.js</c> selects one: it
/// applies before the first paint, with or without a circuit.
/// </summary>
public static class WorkspaceTheme
{
    private static readonly string[] Font =
    [
        "Roboto Variable", "Noto Sans Arabic Variable", "system-ui", "-apple-system", "Segoe UI", "Noto Sans", "sans-serif"
    ];

    public static MudTheme Light { get; } = Under(":root");

    public static MudTheme Dark { get; } = Under(":root[data-theme=\"dark\"]");

    private static MudTheme Under(string selector) => new()
    {
        PseudoCss = new PseudoCss { Scope = selector },
        PaletteLight = LightPalette,
        PaletteDark = DarkPalette,
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
        Typography = Type,
    };

    private static PaletteLight LightPalette => new()
    {
        Primary = "#0B7A66",
        PrimaryContrastText = "#FFFFFF",
        Secondary = "#4F5B57",
        Background = "#F8F7F5",
        BackgroundGray = "#F1EFEC",
        Surface = "#FFFFFF",
        AppbarBackground = "#FFFFFF",
        AppbarText = "#1D2220",
        DrawerBackground = "#F8F7F5",
        DrawerText = "#3C4441",
        TextPrimary = "#1D2220",
        TextSecondary = "#59625E",
        TextDisabled = "#8B938F",
        ActionDefault = "#59625E",
        Divider = "#E6E3DF",
        LinesDefault = "#E6E3DF",
        LinesInputs = "#8F9692",
        TableLines = "#ECEAE6",
        TableHover = "#F6F5F2",
        Success = "#1B7F4B",
        Warning = "#9A5B00",
        Error = "#B3261E",
        Info = "#25607F",
        Dark = "#2A302D",
    };

    private static PaletteDark DarkPalette => new()
    {
        Primary = "#2BB79B",
        PrimaryContrastText = "#04211B",
        Secondary = "#A8B3AE",
        Background = "#141716",
        BackgroundGray = "#101312",
        Surface = "#1B1F1D",
        AppbarBackground = "#1B1F1D",
        AppbarText = "#E6EAE8",
        DrawerBackground = "#141716",
        DrawerText = "#C3CBC7",
        TextPrimary = "#E6EAE8",
        TextSecondary = "#A3ADA8",
        TextDisabled = "#727B76",
        ActionDefault = "#A3ADA8",
        Divider = "#2D3330",
        LinesDefault = "#2D3330",
        LinesInputs = "#6C7671",
        TableLines = "#272D2A",
        TableHover = "#212624",
        Success = "#5CC98D",
        Warning = "#E5A94B",
        Error = "#F2877F",
        Info = "#7DB9D8",
        Dark = "#E6EAE8",
        DarkContrastText = "#141716",
    };

    private static Typography Type => new()
    {
        Default = new DefaultTypography { FontFamily = Font, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Font, FontSize = "1rem", FontWeight = "600", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Font, FontSize = "0.875rem", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Font, FontSize = "0.8125rem", LetterSpacing = "normal" },
        Button = new ButtonTypography
        {
            FontFamily = Font,
            FontSize = "0.875rem",
            FontWeight = "500",
            TextTransform = "none",
            LetterSpacing = "normal",
        },
    };
}
