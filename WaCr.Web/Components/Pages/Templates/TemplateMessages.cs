using WaCr.Web.Common;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>What is wrong with a template's value, in the language of the person.</summary>
internal static class TemplateMessages
{
    public const string NotAnAddress = "Must be a public http or https URL";

    private const string Missing = "The template asks for";

    public static string Of(Localizer T, FieldErrors errors, TemplateParameter parameter)
    {
        // A file that was brought along is told of under a field of its own.
        var said = errors[parameter.Field].Concat(parameter.Kind == TemplateParameterKind.HeaderFile ? errors[$"header_{parameter.Name}_file"] : []);
        return string.Join(" ", said.Select(message => message switch
        {
            NotAnAddress => T["An address begins with https:// and can be reached by everybody"],
            TemplateForm.NoLineBreaks => T["WhatsApp takes no line breaks, tabs or more than four blanks in a row here"],
            TextRules.Unprintable => T["It has characters that can't be stored"],
            _ when message == TextRules.TooLong(TemplateForm.CodeMaxLength) => T["At most {max} characters", ("max", TemplateForm.CodeMaxLength)],
            _ when message.StartsWith(Missing, StringComparison.Ordinal) => parameter.Kind == TemplateParameterKind.HeaderFile
                ? T["Choose a file, or give its address"]
                : T["The template needs a value here"],
            _ => message,
        }));
    }

    /// <summary>What a field is for.</summary>
    public static string Label(Localizer T, TemplateParameter parameter) => parameter.Kind switch
    {
        TemplateParameterKind.HeaderText => T["Title: {name}", ("name", NameOf(parameter))],
        TemplateParameterKind.HeaderFile => parameter.Name switch
        {
            "image" => T["Picture at the top"],
            "video" => T["Video at the top"],
            _ => T["Document at the top"],
        },
        TemplateParameterKind.BodyText => T["Text: {name}", ("name", NameOf(parameter))],
        TemplateParameterKind.ButtonUrl => T["End of the address behind “{name}”", ("name", parameter.Name)],
        _ => T["Code that “{name}” copies", ("name", parameter.Name)],
    };

    private static string NameOf(TemplateParameter parameter) => "{{" + parameter.Name + "}}";
}
