using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

/// <summary>Reads a phone's screen from the sandbox, which stores messages in WhatsApp's format.</summary>
internal static class PhoneScreens
{
    private const int MaxMessages = 60;

    /// <param name="name">The contact's name in the workspace; null if unknown.</param>
    public static Result<PhoneScreen> Read(
        SandboxWorld world, string phoneNumberId, string waId, string? name, long? conversationId, long? contactId)
    {
        var person = world.People.Find(waId);
        var all = world.Chats.All.Where(message => message.Customer == waId && message.PhoneNumberId == phoneNumberId)
            .OrderBy(message => message.At) // a history comes later than what was said after it
            .TakeLast(MaxMessages)
            .ToList();
        var reactions = all.Where(message => message.Type == "reaction").GroupBy(TargetOf, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => string.Concat(group.GroupBy(message => message.FromCustomer).Select(side => side.Last().Text)),
                StringComparer.Ordinal);
        var shown = all.Where(message => message.Type != "reaction" && (message.FromCustomer || HasArrived(message))).ToList();
        var texts = all.DistinctBy(message => message.Id)
            .ToDictionary(message => message.Id, message => message.IsRevoked ? "" : message.Text, StringComparer.Ordinal);
        return new PhoneScreen(
            "+" + waId,
            name is { Length: > 0 } ? name : person?.Name ?? "",
            person?.Blocked.Contains(phoneNumberId) == true,
            person?.Offline.Contains(phoneNumberId) == true,
            person?.MarketingStopped.Contains(phoneNumberId) == true,
            person is not null && person.LastWroteAt.TryGetValue(phoneNumberId, out var wrote)
                ? wrote + Conversation.ServiceWindow - world.Clock.Ahead
                : null,
            conversationId,
            contactId,
            shown.Count(message => !message.FromCustomer && message.Status == SandboxStatus.Delivered),
            shown.ConvertAll(message => message.IsRevoked
                ? new PhoneMessage(message.Id, message.FromCustomer, message.Type, "", message.At - world.Clock.Ahead, IsRead: true)
                {
                    IsRevoked = true,
                }
                : Describe(message, reactions, texts) with
                {
                    At = message.At - world.Clock.Ahead,
                    IsEdited = message.IsEdited,
                    MayEdit = message.FromCustomer && MessageChanges.MayEdit(message, world.Clock.Now),
                    MayRevoke = message.FromCustomer && MessageChanges.MayRevoke(message, world.Clock.Now),
                }))
        {
            IsTyping = person is not null && person.Typing.TryGetValue(phoneNumberId, out var until) && until > world.Clock.Now,
        };
    }

    private static bool HasArrived(SandboxMessage message) =>
        message.Status is SandboxStatus.Delivered or SandboxStatus.Read or SandboxStatus.Played;

    private static PhoneMessage Describe(SandboxMessage message, Dictionary<string, string> reactions, Dictionary<string, string> texts)
    {
        var (content, header) = (message.Content as JsonObject, message.Content.Child("header"));
        // a file's name is shown on the file
        var text = content is not null && SendRules.MediaTypes.Contains(message.Type) ? content["caption"].Text() ?? "" : message.Text;
        return new PhoneMessage(
            message.Id, message.FromCustomer, message.Type, text, message.At, message.Status is SandboxStatus.Read or SandboxStatus.Played)
        {
            Header = content?["header_text"].Text() ?? header?["text"].Text(),
            Footer = content?["footer_text"].Text() ?? content.Child("footer")?["text"].Text(),
            File = FileIn(message.Type, content)
                ?? FileIn(header?["type"].Text(), header.Child(header?["type"].Text()))
                ?? HeaderFileOf(content),
            Choices = message.FromCustomer
                ? []
                : message.Type == "template"
                ? TemplateButtons(content)
                : [.. Buttons(content), .. Rows(content), .. Link(content)],
            ListTitle = content.Child("action")?["button"].Text(),
            Quoted = message.ReplyTo is { } answered ? texts.GetValueOrDefault(answered) : null,
            Details = [.. Details(message)],
            AsksForNumber = !message.FromCustomer && content?["type"].Text() == "request_contact_info",
            AsksForLocation = !message.FromCustomer && content?["type"].Text() == "location_request_message",
            Reaction = reactions.GetValueOrDefault(message.Id) is { Length: > 0 } emoji ? emoji : null,
        };
    }

    private static string TargetOf(SandboxMessage reaction) => (reaction.Content as JsonObject)?["message_id"].Text() ?? "";

    private static PhoneFile? FileIn(string? type, JsonObject? file) =>
        type is not null && SendRules.MediaTypes.Contains(type) && file is not null
        ? new PhoneFile(type, file["id"].Text(), file["link"].Text(), file["filename"].Text())
        : null;

    private static PhoneFile? HeaderFileOf(JsonObject? template) => template.Items("components")
        .Where(component => component["type"].Text()?.Equals("header", StringComparison.OrdinalIgnoreCase) == true)
        .SelectMany(component => component.Items("parameters"))
        .Select(parameter =>
            FileIn(parameter["type"].Text()?.ToLowerInvariant(), parameter.Child(parameter["type"].Text()?.ToLowerInvariant())))
        .FirstOrDefault(file => file is not null);

    private static IReadOnlyList<PhoneChoice> TemplateButtons(JsonObject? template) =>
        [.. template.Items("buttons").Select(button => new PhoneChoice(
        button["text"].Text() ?? "", button["text"].Text() ?? "", null, button["type"].Text() == "QUICK_REPLY"
            ? PhoneChoiceKind.Reply
            : PhoneChoiceKind.Other))];

    private static IEnumerable<PhoneChoice> Buttons(JsonObject? content) =>
        content.Child("action").Items("buttons").Select(button => button.Child("reply")).OfType<JsonObject>()
        .Select(reply => new PhoneChoice(reply["id"].Text() ?? "", reply["title"].Text() ?? "", null, PhoneChoiceKind.Reply));

    private static IEnumerable<PhoneChoice> Link(JsonObject? content) =>
        content.Child("action").Child("parameters")?["display_text"].Text() is { } title
            ? [new PhoneChoice(title, title, null, PhoneChoiceKind.Other)]
            : [];

    private static IEnumerable<string> Details(SandboxMessage message) => (message.Type, message.Content) switch
    {
        ("location", JsonObject place) => [.. Given(place["address"].Text()), $"{place["latitude"]}, {place["longitude"]}"],
        ("contacts", JsonArray cards) =>
            cards.OfType<JsonObject>().SelectMany(card => card.Items("phones")).SelectMany(phone => Given(phone["phone"].Text())),
        ("template", JsonObject template) => Products(template),
        _ => [],
    };

    // The phone has no catalog: it shows the ids.
    private static IEnumerable<string> Products(JsonObject template) => template.Items("components")
        .SelectMany(component => component.Items("parameters"))
        .SelectMany(parameter => (IEnumerable<string>)
        [
            .. Given(parameter.Child("product")?["product_retailer_id"].Text()),
            .. Given(parameter.Child("action")?["thumbnail_product_retailer_id"].Text()),
            .. parameter.Child("action").Items("sections").Select(section =>
                $"{section["title"].Text()}: {string.Join(", ", section.Items("product_items").Select(item => item["product_retailer_id"].Text()))}"),
        ]);

    private static IEnumerable<string> Given(string? text) => text is { Length: > 0 } ? [text] : [];

    private static IEnumerable<PhoneChoice> Rows(JsonObject? content) =>
        content.Child("action").Items("sections").SelectMany(section => section.Items("rows"))
        .Select(row => new PhoneChoice(row["id"].Text() ?? "", row["title"].Text() ?? "", row["description"].Text(), PhoneChoiceKind.Row));
}
