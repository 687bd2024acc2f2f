using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An event's body in Meta's format.</summary>
internal static class WebhookBodies
{
    /// <param name="contact">The recipient; null if sending failed, since WhatsApp then names nobody.</param>
    public static JsonObject Statuses(SandboxNumber number, JsonObject status, JsonObject? contact)
    {
        var value = Value(number);
        if (contact is not null)
        {
            value["contacts"] = new JsonArray(contact);
        }

        value["statuses"] = new JsonArray(status.DeepClone());
        return value;
    }

    public static JsonObject Contact(SandboxCustomer person, string userId)
    {
        var contact = new JsonObject { ["profile"] = Profile(person) };
        if (person.Username is null)
        {
            contact["wa_id"] = person.WaId;
        }

        contact["user_id"] = userId;
        return WithParent(contact, "parent_user_id", person);
    }

    public static JsonObject Message(SandboxNumber number, SandboxCustomer person, string userId, JsonObject message)
    {
        var sender = FromCustomer(person, userId);
        foreach (var (name, content) in message)
        {
            sender[name] = content?.DeepClone();
        }

        var value = Value(number);
        value["contacts"] = new JsonArray(Contact(person, userId));
        value["messages"] = new JsonArray(sender);
        return value;
    }

    /// <summary>Who wrote, with no message yet.</summary>
    public static JsonObject FromCustomer(SandboxCustomer person, string userId)
    {
        var sender = new JsonObject();
        if (person.Username is null)
        {
            sender["from"] = person.WaId;
        }

        sender["from_user_id"] = userId;
        return WithParent(sender, "from_parent_user_id", person);
    }

    /// <summary>To whom the business wrote from its own phone, with no message yet.</summary>
    public static JsonObject FromBusiness(SandboxNumber number, SandboxCustomer person, string userId)
    {
        var sender = new JsonObject { ["from"] = number.Phone };
        if (person.Username is null)
        {
            sender["to"] = person.WaId;
        }

        sender["to_user_id"] = userId;
        return WithParent(sender, "to_parent_user_id", person);
    }

    /// <summary>WhatsApp's own message about a person; it has no contact.</summary>
    public static JsonObject System(SandboxNumber number, JsonObject message)
    {
        var value = Value(number);
        value["messages"] = new JsonArray(message);
        return value;
    }

    public static JsonObject Preference(SandboxNumber number, SandboxCustomer person, string userId, string choice, DateTimeOffset at)
    {
        var preference = new JsonObject
        {
            ["user_id"] = userId,
            ["category"] = "marketing_messages",
            ["value"] = choice,
            ["detail"] = choice == "stop" ? "User requested to stop marketing messages" : "User requested to resume marketing messages",
            ["timestamp"] = at.ToUnixTimeSeconds(),
        };
        if (person.Username is null)
        {
            preference["wa_id"] = person.WaId;
        }

        WithParent(preference, "parent_user_id", person);

        var value = Value(number);
        value["contacts"] = new JsonArray(Contact(person, userId));
        value["user_preferences"] = new JsonArray(preference);
        return value;
    }

    /// <summary>Their id changed, and that of the parent business if they have one.</summary>
    public static JsonObject UserIdUpdate(
        SandboxNumber number, SandboxCustomer person, (string Previous, string Current) user, string? previousParent, DateTimeOffset at)
    {
        var update = new JsonObject
        {
            ["detail"] = "The user's id has changed",
            ["user_id"] = new JsonObject { ["previous"] = user.Previous, ["current"] = user.Current },
            ["timestamp"] = Seconds(at),
        };
        if (person.Username is null)
        {
            update["wa_id"] = person.WaId;
        }

        if (person.ParentUserId is { } parent)
        {
            update["parent_user_id"] = new JsonObject { ["previous"] = previousParent ?? parent, ["current"] = parent };
        }

        var value = Value(number);
        value["contacts"] = new JsonArray(Contact(person, user.Current));
        value["user_id_update"] = new JsonArray(update);
        return value;
    }

    /// <summary>Adds the id that a parent business knows the person by, if there is one.</summary>
    public static JsonObject WithParent(JsonObject json, string name, SandboxCustomer? person)
    {
        if (person?.ParentUserId is { } parent)
        {
            json[name] = parent;
        }

        return json;
    }

    public static JsonObject Call(SandboxNumber number, SandboxCustomer person, string userId, JsonObject call)
    {
        call["from_user_id"] = userId;
        WithParent(call, "from_parent_user_id", person);
        if (person.Username is null)
        {
            call["from"] = person.WaId;
        }

        var value = Value(number);
        value["contacts"] = new JsonArray(Contact(person, userId));
        value["calls"] = new JsonArray(call);
        return value;
    }

    public static JsonObject TemplateComponents(SandboxTemplate template)
    {
        var shape = TemplateShape.Of(template.Components);
        var value = NameOf(template);
        value["message_template_title"] = shape.HeaderText;
        value["message_template_element"] = shape.Body;
        value["message_template_footer"] = shape.Footer;
        value["message_template_buttons"] = new JsonArray([.. shape.Buttons.Select(button => new JsonObject
        {
            ["message_template_button_type"] = button["type"].Text(),
            ["message_template_button_text"] = button["text"].Text(),
            ["message_template_button_url"] = button["url"].Text(),
            ["message_template_button_phone_number"] = button["phone_number"].Text(),
        })]);
        return value;
    }

    /// <summary>Its quality fell or rose.</summary>
    public static JsonObject TemplateQuality(SandboxTemplate template, string before)
    {
        var value = NameOf(template);
        value["previous_quality_score"] = before;
        value["new_quality_score"] = template.Quality;
        return value;
    }

    private static JsonObject NameOf(SandboxTemplate template) => new()
    {
        ["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture),
        ["message_template_name"] = template.Name,
        ["message_template_language"] = template.Language,
    };

    /// <param name="told">The event's word, if it is not the status.</param>
    public static JsonObject TemplateStatus(SandboxTemplate template, string? told = null)
    {
        var value = new JsonObject
        {
            ["event"] = told ?? template.Status,
            ["message_template_id"] = long.Parse(template.Id, CultureInfo.InvariantCulture),
            ["message_template_name"] = template.Name,
            ["message_template_language"] = template.Language,
            ["message_template_category"] = template.Category,
            ["reason"] = template.RejectedReason,
        };
        if (template.Status == "REJECTED")
        {
            value["rejection_info"] = new JsonObject
            {
                ["reason"] = "The template's name asked the sandbox to reject it, or somebody did by hand.",
                ["recommendation"] = "Choose a name without \"reject\".",
            };
        }

        return value;
    }

    /// <summary>One post with several changes.</summary>
    public static JsonObject Envelope(string businessAccountId, DateTimeOffset at, IEnumerable<(string Field, JsonObject Value)> changes) =>
        new()
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = businessAccountId,
                ["time"] = at.ToUnixTimeSeconds(),
                ["changes"] = new JsonArray(
                [.. changes.Select(change => new JsonObject { ["field"] = change.Field, ["value"] = change.Value.DeepClone() })]),
            }),
        };

    /// <summary>What every event of a number begins with.</summary>
    public static JsonObject Value(SandboxNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = number.Phone, ["phone_number_id"] = number.PhoneNumberId },
    };

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static JsonObject Profile(SandboxCustomer person)
    {
        var profile = new JsonObject { ["name"] = person.Name };
        if (person.Username is not null)
        {
            profile["username"] = person.Username;
        }

        return profile;
    }
}
