using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>Localised errors of a template's values.</summary>
internal static class TemplateMessages
{
    public static string Of(Localizer T, FieldErrors errors, TemplateParameter parameter)
    {
        // An uploaded file's errors have their own field.
        var file = parameter.Kind == TemplateParameterKind.HeaderFile ? errors[$"header_{parameter.Name}_file"] : [];
        return FieldErrorLabels.Of(T, errors[parameter.Field].Concat(file));
    }

    /// <summary>A field's label.</summary>
    public static string Label(Localizer T, TemplateParameter parameter) => parameter.Kind switch
    {
        TemplateParameterKind.HeaderText => T["Header text: {name}", ("name", NameOf(parameter))],
        TemplateParameterKind.HeaderFile => parameter.Name switch
        {
            "image" => T["Header image"],
            "video" => T["Header video"],
            _ => T["Header document"],
        },
        TemplateParameterKind.BodyText => T["Text: {name}", ("name", NameOf(parameter))],
        TemplateParameterKind.ButtonUrl => T["“{name}” link ending", ("name", parameter.Name)],
        TemplateParameterKind.HeaderPlace => PlaceLabel(T, parameter),
        TemplateParameterKind.OfferEnd => T["End of the offer"],
        TemplateParameterKind.HeaderProduct => parameter.Field == TemplateForm.CatalogField ? T["Header product: catalog ID"] : T["Header product: product ID"],
        TemplateParameterKind.ButtonThumbnail => T["Picture: product ID"],
        TemplateParameterKind.ButtonSections => T["Sections of products"],
        TemplateParameterKind.CardFile => parameter.Name == "video" ? T["Card {card}: video link", ("card", parameter.Card!.Value)] : T["Card {card}: picture link", ("card", parameter.Card!.Value)],
        TemplateParameterKind.CardText => T["Card {card}: {name}", ("card", parameter.Card!.Value), ("name", NameOf(parameter))],
        TemplateParameterKind.CardButton => T["Card {card}: “{name}” link ending", ("card", parameter.Card!.Value), ("name", parameter.Name)],
        _ => T["Code that “{name}” copies", ("name", parameter.Name)],
    };

    /// <summary>Where the value is found or how it is written; null if that needs no word.</summary>
    public static string? Hint(Localizer T, TemplateParameter parameter) => parameter switch
    {
        { Field: TemplateForm.CatalogField } => T["In Commerce Manager, in the catalog’s settings"],
        { IsOptional: true } => $"{T["Optional: without it WhatsApp shows the catalog’s first product."]} {ContentId(T)}",
        { HasLines: true } =>
            $"{T["A section’s title, then one product ID on each line. An empty line begins the next section."]} {ContentId(T)}",
        { Kind: TemplateParameterKind.HeaderProduct or TemplateParameterKind.ButtonThumbnail } => ContentId(T),
        _ => null,
    };

    private static string ContentId(Localizer T) => T["In Commerce Manager it is called content ID, under Catalog, Items."];

    private static string PlaceLabel(Localizer T, TemplateParameter parameter) => parameter.Field switch
    {
        TemplateForm.PlaceLatitude => T["Header place: latitude"],
        TemplateForm.PlaceLongitude => T["Header place: longitude"],
        TemplateForm.PlaceName => T["Header place: name"],
        _ => T["Header place: address"],
    };

    private static string NameOf(TemplateParameter parameter) => "{{" + parameter.Name + "}}";
}
