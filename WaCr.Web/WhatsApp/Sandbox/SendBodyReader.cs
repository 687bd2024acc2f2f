using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Reads the body of a send.</summary>
internal static class SendBodyReader
{
    public static string TextOf(JsonElement body, string type, SandboxTemplate? template)
    {
        var content = body.GetProperty(type);
        return type switch
        {
            "text" => content.Text("body")!,
            "template" => TemplateSendRules.Render(content, template!),
            "interactive" => content.Child("body")?.Text("text") ?? "",
            "reaction" => content.Text("emoji") ?? "",
            "location" => content.Text("name") ?? content.Text("address") ?? "",
            "contacts" => string.Join(", ", content.EnumerateArray().Select(card => card.Child("name")?.Text("formatted_name"))),
            _ => content.ValueKind == JsonValueKind.Object ? content.Text("caption") ?? content.Text("filename") ?? "" : "",
        };
    }

    public static IEnumerable<JsonElement> FilesOf(JsonElement body) => TypedFilesOf(body).Select(file => file.File);

    /// <summary>All files of a message: its own, and those in the header of buttons or of a template.</summary>
    public static IEnumerable<(string Type, JsonElement File)> TypedFilesOf(JsonElement body)
    {
        var type = SendRules.TypeOf(body);
        var holders = type switch
        {
            "interactive" => body.Child(type)?.Child("header") is { } header ? [header] : [],
            "template" =>
                (body.Child(type)?.FindArray("components") ?? []).SelectMany(component => component.FindArray("parameters") ?? []),
            _ => (IEnumerable<JsonElement>)[body],
        };
        foreach (var holder in holders)
        {
            foreach (var kind in SendRules.MediaTypes)
            {
                if (holder.Child(kind) is { } file)
                {
                    yield return (kind, file);
                }
            }
        }
    }
}
