using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary><c>POST /{phone-number-id}/messages</c>.</summary>
internal sealed class GraphSends(SandboxWorld world, GraphAccess access)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(25);
    private const int NotRegistered = 133010;
    private const int Unpaid = 131042;
    private const int WindowClosed = 131047;
    private const int MarketingStopped = 131050;
    private const int MediaFailed = 131053;

    public GraphAnswer Post(string? token, string phoneNumberId, JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object && body.Text("status") is not null)
        {
            return access.Serve(
                new(token, "read", phoneNumberId), numbers => OnNumber(numbers, phoneNumberId, number => MarkRead(number, body)));
        }

        var recipient = body.ValueKind == JsonValueKind.Object && body.Text("to") is { } to ? WaIds.Digits(to) : null;
        return access.Serve(
            new(token, "send", phoneNumberId, recipient), numbers => OnNumber(numbers, phoneNumberId, number => Send(number, body)));
    }

    private GraphAnswer OnNumber(IReadOnlyList<SandboxNumber> numbers, string phoneNumberId, Func<SandboxNumber, GraphAnswer> work) =>
        numbers.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId) is { } number
            ? work(number)
            : access.Refuse(Refusal.Unknown(phoneNumberId));

    private GraphAnswer MarkRead(SandboxNumber number, JsonElement body)
    {
        if (body.Text("messaging_product") != "whatsapp")
        {
            return access.Refuse(Refusal.Unsupported("The parameter messaging_product is required."));
        }

        if (body.Text("status") != "read")
        {
            return access.Refuse(Refusal.Unsupported("Param status must be one of {read}."));
        }

        if (body.Text("message_id") is not { } id)
        {
            return access.Refuse(Refusal.Missing("message_id"));
        }

        if (body.Member("typing_indicator") is not null && body.Child("typing_indicator")?.Text("type") != "text")
        {
            return access.Refuse(Refusal.Unsupported("Param typing_indicator['type'] must be one of {text}."));
        }

        if (FindRecent(id, number) is not { FromCustomer: true } message)
        {
            return access.Refuse(
                Refusal.Invalid("Param message_id is not the id of a message that this number received in the last 30 days."));
        }

        if (body.Child("typing_indicator") is not null)
        {
            world.People.FindOrAdd(message.Customer).Typing[number.PhoneNumberId] = world.Clock.Now + TypingShown;
        }

        world.Show();
        foreach (var earlier in world.Chats.All.Where(other => other.FromCustomer && other.Customer == message.Customer
            && other.PhoneNumberId == number.PhoneNumberId && other.At <= message.At))
        {
            earlier.Status = SandboxStatus.Read;
        }

        return GraphAnswer.Success();
    }

    private GraphAnswer Send(SandboxNumber number, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return access.Refuse(Refusal.Unsupported("The body must be a JSON object."));
        }

        if (SendRules.Check(body) is { } unfit)
        {
            return access.Refuse(unfit);
        }

        if (!number.IsRegistered || (number.IsUnpaid && body.Text("type") == "template"))
        {
            var unable = number.IsRegistered ? Unpaid : NotRegistered;
            return access.Refuse(new Refusal(unable, RefusalTitles.DetailsOf(unable)));
        }

        var digits = body.Text("to") is { } to ? WaIds.Digits(to)! : null;
        var magic = digits is null ? MagicRecipient.Of("") : MagicRecipient.Of(digits);
        if (magic.RefusedWith is { } code)
        {
            return access.Refuse(new Refusal(code, RefusalTitles.DetailsOf(code)));
        }

        if (Answered(magic) is { } spoiled && !magic.CarriedOut)
        {
            return spoiled;
        }

        var person = digits is null
            ? world.People.FindByUserId(body.Text("recipient")!, number.BusinessAccountId)
            : world.People.FindOrAdd(digits);
        if (person is null)
        {
            return access.Refuse(Refusal.Invalid("Param recipient is the id of nobody who is known to this business."));
        }

        var unfitTemplate = CheckTemplate(number, digits, body, out var template);
        if ((CheckPerson(number, person, body) ?? unfitTemplate ?? CheckFiles(number, body)
            ?? world.Rates.Take(
                number.PhoneNumberId, person.WaId, world.BehaviourOf(number.PhoneNumberId), world.Clock.Now)) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        var isOpen = template is not null || IsOpen(number, person);
        if (!isOpen && world.BehaviourOf(number.PhoneNumberId).RefuseClosedWindow)
        {
            return access.Refuse(new Refusal(WindowClosed, RefusalTitles.DetailsOf(WindowClosed)));
        }

        var failsWith = magic.FailsWith
            ?? (!isOpen ? WindowClosed
                : template?.Category == "MARKETING" && person.MarketingStopped.Contains(number.PhoneNumberId) ? MarketingStopped
                : SendBodyReader.FilesOf(body).Any(file => Uri.TryCreate(file.Text("link"), UriKind.Absolute, out var link)
                    && link.Host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)) ? MediaFailed
                : null);
        var message = Keep(number, person, body, template);
        var answer = Accepted(number, person, body, message) with
        {
            Afterwards = () => world.Do(() =>
            {
                StatusLadder.Start(world, message, magic, failsWith);
                return message;
            }),
            EventsFirst = magic.Ladder(world.BehaviourOf(number.PhoneNumberId)).StatusBeforeAnswer,
        };
        return Answered(magic) is { } broken
            ? answer with { Fault = broken.Fault, Status = broken.Status, Delay = broken.Delay }
            : answer;
    }

    /// <summary>The broken answer for this recipient; null if none.</summary>
    private GraphAnswer? Answered(MagicRecipient magic) =>
        magic.Fault == Fault.None ? null : new GraphAnswer(magic.HttpStatus, new JsonObject())
        {
            Fault = magic.Fault,
            Delay = magic.Fault == Fault.Slow ? world.Behaviour.SlowAnswer : TimeSpan.Zero,
        };

    private Refusal? CheckPerson(SandboxNumber number, SandboxCustomer person, JsonElement body)
    {
        if (person.WaId == WaIds.Of(number.Phone))
        {
            return new Refusal(131021, RefusalTitles.DetailsOf(131021));
        }

        if (person.BlockedBy.ContainsKey(number.PhoneNumberId))
        {
            return new Refusal(GraphBlocks.Blocked, RefusalTitles.DetailsOf(GraphBlocks.Blocked));
        }

        if (number.AllowedRecipients is { } allowed
            && !allowed.Any(phone => WaIds.Digits(phone) is { } digits && WaIds.Of(digits) == person.WaId))
        {
            return new Refusal(131030, RefusalTitles.DetailsOf(131030));
        }

        return body.Child("reaction")?.Text("message_id") is { } target && FindRecent(target, number) is null
            ? Refusal.Invalid("Param reaction['message_id'] is not the id of a message of this number from the last 30 days.")
            : null;
    }

    private Refusal? CheckFiles(SandboxNumber number, JsonElement body)
    {
        foreach (var (type, file) in SendBodyReader.TypedFilesOf(body))
        {
            if (file.Text("id") is { } id)
            {
                if (world.Files.Find(id, world.Clock.Now) is not { } media || media.BusinessAccountId != number.BusinessAccountId)
                {
                    return Refusal.BadParameter(
                        $"Param {type}['id'] is not a valid whatsapp business account media attachment ID");
                }

                if (type == "audio" && file.Member("voice")?.ValueKind == JsonValueKind.True && !MediaRules.IsVoice(media.MimeType))
                {
                    return new Refusal(
                        MediaFailed,
                        $"The media object is of type {media.MimeType}; a voice message must be audio/ogg with the Opus codec.");
                }

                if (MediaRules.TypeOf(media.MimeType) is var kind && kind != type && !(type == "document" && kind is not null))
                {
                    return new Refusal(MediaFailed, $"The media object is of type {media.MimeType}, which can't be sent as {type}.");
                }
            }
        }

        return null;
    }

    private Refusal? CheckTemplate(SandboxNumber number, string? digits, JsonElement body, out SandboxTemplate? template)
    {
        template = null;
        if (body.Child("template") is not { } sent || SendRules.TypeOf(body) != "template")
        {
            return null;
        }

        var name = sent.Text("name")!;
        var language = sent.Child("language")!.Value.Text("code")!;
        template = world.Templates.Find(number.BusinessAccountId, name, language);
        if (template is null)
        {
            return new Refusal(132001, $"template name ({name}) does not exist in {language}");
        }

        return TemplateSendRules.Check(sent, template)
            ?? (digits is null && template.Category == "AUTHENTICATION" ? new Refusal(131062, RefusalTitles.DetailsOf(131062)) : null);
    }

    private bool IsOpen(SandboxNumber number, SandboxCustomer person) =>
        person.LastWroteAt.TryGetValue(number.PhoneNumberId, out var at) && world.Clock.Now - at < Window;

    private SandboxMessage? FindRecent(string id, SandboxNumber number) =>
        world.Chats.Find(id) is { } message && message.PhoneNumberId == number.PhoneNumberId && world.Clock.Now - message.At <= Oldest
            ? message
            : null;

    private SandboxMessage Keep(SandboxNumber number, SandboxCustomer person, JsonElement body, SandboxTemplate? template)
    {
        var type = SendRules.TypeOf(body);
        var content = JsonNode.Parse(body.GetProperty(type).GetRawText());
        if (template is not null)
        {
            content!["category"] = template.Category;
            var shape = TemplateShape.Of(template.Components);
            content["buttons"] = new JsonArray([.. shape.Buttons.Select(button => button.DeepClone())]);
            content["header_text"] = shape.HeaderText is { } header
                ? TemplateSendRules.Render(body.GetProperty(type), template, "HEADER", header)
                : null;
            content["footer_text"] = shape.Footer;
        }

        var message = new SandboxMessage
        {
            Id = world.Ids.Message(person.WaId),
            PhoneNumberId = number.PhoneNumberId,
            Customer = person.WaId,
            FromCustomer = false,
            Type = type,
            Text = SendBodyReader.TextOf(body, type, template),
            Content = content,
            Reference = body.Text("biz_opaque_callback_data"),
            ReplyTo = body.Child("context")?.Text("message_id"),
            Category = template?.Category.ToLowerInvariant(),
            At = world.Clock.Now,
        };
        world.Chats.Add(message);
        person.Typing.Remove(number.PhoneNumberId);
        world.Show();
        return message;
    }

    private GraphAnswer Accepted(SandboxNumber number, SandboxCustomer person, JsonElement body, SandboxMessage message)
    {
        var contact = new JsonObject { ["input"] = body.Text("to") ?? body.Text("recipient") };
        if (person.Username is null || body.Text("to") is not null)
        {
            contact["wa_id"] = person.WaId;
        }

        contact["user_id"] = world.People.UserIdOf(person, number.BusinessAccountId);
        WebhookBodies.WithParent(contact, "parent_user_id", person);
        var accepted = new JsonObject { ["id"] = message.Id };
        if (message.Type == "template")
        {
            var isHeld = StatusLadder.IsHeld(message, MagicRecipient.Of(person.WaId));
            accepted["message_status"] = isHeld ? "held_for_quality_assessment" : "accepted";
        }

        return GraphAnswer.Ok(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(accepted),
        });
    }
}
