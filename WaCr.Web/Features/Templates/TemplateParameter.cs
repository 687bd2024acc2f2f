using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

public enum TemplateParameterKind
{
    HeaderText = 0,
    HeaderFile = 1,
    BodyText = 2,

    /// <summary>Variable end of a button's URL.</summary>
    ButtonUrl = 3,

    /// <summary>Code a button copies.</summary>
    ButtonCode = 4,
}

/// <summary>One value a template needs.</summary>
/// <param name="Field">As named in the API: <c>field_1</c>, <c>header_image_url</c>, <c>button_0</c>.</param>
/// <param name="Name">As named in the template: <c>1</c>, <c>first_name</c>, a button's label.</param>
/// <param name="FileKind">Only for <see cref="TemplateParameterKind.HeaderFile"/>.</param>
public sealed record TemplateParameter(
    string Field, TemplateParameterKind Kind, string Name, string? Example = null, MediaKind? FileKind = null);

/// <summary>A header's file: an uploaded one or a URL.</summary>
public sealed record TemplateHeaderFile(MediaSource Source, string? FileName = null);
