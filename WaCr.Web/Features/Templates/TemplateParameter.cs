using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

public enum TemplateParameterKind
{
    HeaderText = 0,
    HeaderFile = 1,
    BodyText = 2,

    /// <summary>What an address of a button ends in.</summary>
    ButtonUrl = 3,

    /// <summary>What a button copies.</summary>
    ButtonCode = 4,
}

/// <summary>One thing that a template asks for.</summary>
/// <param name="Field">In the words of the API: <c>field_1</c>, <c>header_image_url</c>, <c>button_0</c>.</param>
/// <param name="Name">As the template calls it: <c>1</c>, <c>first_name</c>, a button's label.</param>
/// <param name="FileKind">Of a <see cref="TemplateParameterKind.HeaderFile"/>.</param>
public sealed record TemplateParameter(string Field, TemplateParameterKind Kind, string Name, string? Example = null, MediaKind? FileKind = null);

/// <summary>The file of a header: already uploaded, or where WhatsApp finds it.</summary>
public sealed record TemplateHeaderFile(MediaSource Source, string? FileName = null);
