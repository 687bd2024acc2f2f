using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Checks buttons, lists and links; other kinds are accepted unchecked.</summary>
internal static class InteractiveRules
{
    private const int MaxShortBody = 1024;
    private const int MaxBody = 4096;
    private const int MaxLine = 60;
    private const int MaxTitle = 20;
    private const int MaxRow = 24;
    private const int MaxDescription = 72;
    private const int MaxRowId = 200;
    private const int MaxButtonId = 256;
    private const int MaxButtons = 3;
    private const int MaxRows = 10;

    private static readonly string[] Unread =
        ["address_message", "voice_call", "flow", "product", "product_list", "catalog_message", "call_permission_request", "request_contact_info", "carousel"];

    private static readonly string[] BesideBody = ["header", "footer"];

    public static Refusal? Check(JsonElement interactive) => interactive.Text("type") switch
    {
        null => Refusal.Missing("interactive.type"),
        "button" => Text(interactive, "body", MaxShortBody, required: true) ?? Around(interactive, onlyText: false) ?? Buttons(interactive),
        "list" => Text(interactive, "body", MaxBody, required: true) ?? Around(interactive, onlyText: true) ?? List(interactive),
        "cta_url" => Text(interactive, "body", MaxShortBody, required: true) ?? Around(interactive, onlyText: false) ?? Link(interactive),
        "location_request_message" => Text(interactive, "body", MaxShortBody, required: true) ?? LocationRequest(interactive),
        var type => Unread.Contains(type) ? null : Refusal.Invalid($"Param interactive['type'] \"{type}\" is not supported."),
    };

    private static Refusal? Around(JsonElement interactive, bool onlyText) =>
        Header(interactive, onlyText) ?? Text(interactive, "footer", MaxLine, required: false);

    private static Refusal? Header(JsonElement interactive, bool onlyText)
    {
        if (interactive.Child("header") is not { } header)
        {
            return null;
        }

        return header.Text("type") switch
        {
            "text" => Length(header.Text("text"), "Header text", 1, MaxLine),
            "image" or "video" or "document" when !onlyText => header.Text("type") is { } type && header.Child(type) is { } media
                ? SendRules.Media(type, media)
                : Refusal.Missing("interactive.header media"),
            _ =>
                Refusal.Invalid(
                    onlyText
                        ? "Header of a list must be text."
                        : "Param interactive['header']['type'] must be one of {text, image, video, document}."),
        };
    }

    private static Refusal? Text(JsonElement interactive, string part, int longest, bool required) =>
        interactive.Member(part) is null && !required
        ? null
        : Length(interactive.Child(part)?.Text("text"), char.ToUpperInvariant(part[0]) + part[1..] + " text", 1, longest);

    private static Refusal? Buttons(JsonElement interactive)
    {
        if (interactive.Child("action")?.FindArray("buttons") is not { } buttons)
        {
            return Refusal.Missing("interactive.action.buttons");
        }

        if (buttons.Count is < 1 or > MaxButtons)
        {
            return Refusal.Invalid($"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {MaxButtons}.");
        }

        foreach (var button in buttons)
        {
            if (button.Text("type") != "reply" || button.Child("reply") is not { } reply)
            {
                return Refusal.Invalid("A button must be of type reply.");
            }

            if ((Length(reply.Text("id"), "Button id", 1, MaxButtonId) ?? Length(reply.Text("title"), "Button title", 1, MaxTitle))
                is { } refusal)
            {
                return refusal;
            }
        }

        return Twice(buttons.Select(button => button.Child("reply")?.Text("id")), "Button id")
            ?? Twice(buttons.Select(button => button.Child("reply")?.Text("title")), "Button title");
    }

    private static Refusal? List(JsonElement interactive)
    {
        var action = interactive.Child("action");
        if (Length(action?.Text("button"), "Button label", 1, MaxTitle) is { } label)
        {
            return label;
        }

        if (action?.FindArray("sections") is not { } sections)
        {
            return Refusal.Missing("interactive.action.sections");
        }

        if (sections.Count is < 1 or > MaxRows)
        {
            return Refusal.Invalid($"Invalid sections count. Min allowed sections: 1, Max allowed sections: {MaxRows}.");
        }

        foreach (var section in sections)
        {
            if (sections.Count > 1 && section.Text("title") is null or "")
            {
                return Refusal.Missing("section title, where there is more than one section,");
            }

            if (section.Text("title") is { } title && Length(title, "Section title", 0, MaxRow) is { } wrong)
            {
                return wrong;
            }

            if (section.FindArray("rows") is not { Count: > 0 } rows)
            {
                return Refusal.Missing("section rows");
            }

            if (rows.Select(Row).FirstOrDefault(refusal => refusal is not null) is { } refusal)
            {
                return refusal;
            }
        }

        var all = sections.SelectMany(section => section.FindArray("rows") ?? []).ToList();
        return all.Count > MaxRows
            ? Refusal.Invalid($"Total row count exceed max allowed count: {MaxRows}.")
            : Twice(all.Select(row => row.Text("id")), "Row id");
    }

    private static Refusal? Row(JsonElement row) => Length(row.Text("id"), "Row id", 1, MaxRowId)
        ?? Length(row.Text("title"), "Row title", 1, MaxRow)
        ?? (row.Member("description") is null ? null : Length(row.Text("description"), "Row description", 0, MaxDescription));

    private static Refusal? Link(JsonElement interactive)
    {
        var action = interactive.Child("action");
        if (action?.Text("name") != "cta_url")
        {
            return Refusal.Missing("interactive.action.name cta_url");
        }

        var parameters = action?.Child("parameters");
        return Length(parameters?.Text("display_text"), "Display text", 1, MaxTitle)
            ?? (parameters?.Text("url") is { } url && SendRules.IsLink(url) ? null
                : Refusal.Invalid("Param interactive['action']['parameters']['url'] is not a valid URI."));
    }

    private static Refusal? LocationRequest(JsonElement interactive) => interactive.Child("action")?.Text("name") == "send_location"
        ? BesideBody.FirstOrDefault(part => interactive.Member(part) is not null) is { } part
            ? Refusal.Unsupported($"Param interactive['{part}'] is not supported for location_request_message.")
            : null
        : Refusal.Missing("interactive.action.name send_location");

    private static Refusal? Length(string? text, string what, int shortest, int longest) => text is null
        ? Refusal.Missing(what)
        : Json.Length(text) < shortest || Json.Length(text) > longest
            ? Refusal.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"{what} length invalid. Min length: {shortest}, Max length: {longest}."))
            : null;

    private static Refusal? Twice(IEnumerable<string?> values, string what) =>
        values.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
        ? Refusal.Invalid($"{what} \"{twice.Key}\" is used twice.")
        : null;
}
