using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>How what the customer sends reaches the business.</summary>
internal sealed partial class SandboxPhone
{
    private SandboxMessage Emit(
        SandboxNumber number, SandboxCustomer person, string type, JsonNode content, string text, string? replyTo,
        JsonObject? beside = null)
    {
        var message = new SandboxMessage
        {
            Id = world.Ids.Message(person.WaId),
            PhoneNumberId = number.PhoneNumberId,
            Customer = person.WaId,
            FromCustomer = true,
            Type = type,
            Text = text,
            Content = content,
            ReplyTo = replyTo,
            At = world.Clock.Now,
            Status = SandboxStatus.Sent,
        };
        if (beside?.ContainsKey("group_id") != true)
        {
            world.Chats.Add(message);
            person.LastWroteAt[number.PhoneNumberId] = message.At;
        }

        world.Rates.Count(number.PhoneNumberId, message.At);
        var written = new JsonObject
        {
            ["id"] = message.Id,
            ["timestamp"] = WebhookBodies.Seconds(message.At),
            ["type"] = type,
            [type] = content.DeepClone(),
        };
        if (type == "unsupported")
        {
            written["errors"] = new JsonArray(Refusal.InWebhook(131051, null));
        }

        foreach (var (name, member) in beside ?? [])
        {
            written[name] ??= member?.DeepClone();
        }

        if (replyTo is not null)
        {
            var context = written["context"] as JsonObject ?? [];
            (context["from"], context["id"]) = (number.Phone, replyTo);
            written["context"] = context;
        }

        Post(number, person, written);
        return message;
    }

    // Whom the business blocked sees one tick: the message is kept from it.
    private void Post(SandboxNumber number, SandboxCustomer person, JsonObject written)
    {
        if (!person.BlockedBy.ContainsKey(number.PhoneNumberId))
        {
            var userId = world.People.UserIdOf(person, number.BusinessAccountId);
            world.NotifyWithDuplicates(number, "messages", WebhookBodies.Message(number, person, userId, written));
        }
    }
}
