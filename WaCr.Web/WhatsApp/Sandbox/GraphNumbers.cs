using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// What a business sets on its number: profile, settings, openers, the catalogue's switches, messages behind a QR code. Kept while the
/// sandbox runs.
/// </summary>
internal sealed class GraphNumbers(SandboxWorld world, GraphAccess access)
{
    private const int MaxAbout = 139;
    private const int MaxQrMessage = 140;
    private const int MaxPrompts = 4;
    private const int MaxPrompt = 80;
    private const int MaxCommands = 30;
    private const int MaxCommand = 32;
    private const int MaxDescription = 256;

    private static readonly string[] ProfileFields =
        ["about", "address", "description", "email", "profile_picture_url", "websites", "vertical", "messaging_product"];

    private static readonly string[] Switches = ["is_cart_enabled", "is_catalog_visible"];

    private readonly ConcurrentDictionary<string, JsonObject> _commerce = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _automation = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _profiles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _settings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<(string Code, string Message)>> _codes = new(StringComparer.Ordinal);

    public GraphAnswer Profile(string? token, string id, string? fields) => access.OnNumber(token, id, _ => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray(Shown(ProfileOf(id), fields)),
    }));

    public GraphAnswer SetProfile(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        if (body.Text("messaging_product") != "whatsapp")
        {
            return access.Refuse(Refusal.Unsupported("The parameter messaging_product is required."));
        }

        if (body.Text("about") is { } about && Json.Length(about) is 0 or > MaxAbout)
        {
            return access.Refuse(Refusal.Unsupported($"Param about must have 1 to {MaxAbout} characters."));
        }

        var profile = ProfileOf(id);
        foreach (var member in body.EnumerateObject().Where(member => ProfileFields.Contains(member.Name)))
        {
            profile[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return GraphAnswer.Success();
    });

    public GraphAnswer Settings(string? token, string id) => access.OnNumber(token, id, _ =>
        GraphAnswer.Ok((JsonObject)SettingsOf(id).DeepClone()));

    public GraphAnswer SetSettings(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        foreach (var member in body.EnumerateObject())
        {
            SettingsOf(id)[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return GraphAnswer.Success();
    });

    public GraphAnswer Codes(string? token, string id, string root) => access.OnNumber(token, id, _ => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray([.. CodesOf(id).Select(code => Write(code, root, null))]),
    }));

    /// <summary>Makes a code, or changes the message of one that the body names.</summary>
    public GraphAnswer SetCode(string? token, string id, string? code, JsonElement body, string root) =>
        access.OnNumber(token, id, number =>
    {
        if (body.Text("prefilled_message") is not { Length: > 0 } message || Json.Length(message) > MaxQrMessage)
        {
            return access.Refuse(Refusal.Unsupported($"The parameter prefilled_message is required, up to {MaxQrMessage} characters."));
        }

        var codes = CodesOf(id);
        var index = codes.FindIndex(known => known.Code == (code ?? body.Text("code")));
        if ((code ?? body.Text("code")) is not null && index < 0)
        {
            return access.Refuse(Refusal.Unknown(code ?? ""));
        }

        var made = (index < 0 ? world.Ids.Message(number.Phone)[^14..].ToUpper(CultureInfo.InvariantCulture) : codes[index].Code, message);
        if (index < 0)
        {
            codes.Add(made);
        }
        else
        {
            codes[index] = made;
        }

        return GraphAnswer.Ok(Write(made, root, body.Text("generate_qr_image")));
    });

    public GraphAnswer Code(string? token, string id, string code, string root) => access.OnNumber(token, id, _ =>
        CodesOf(id).FindIndex(known => known.Code == code) is >= 0 and var index
            ? GraphAnswer.Ok(new JsonObject { ["data"] = new JsonArray(Write(CodesOf(id)[index], root, null)) })
            : access.Refuse(Refusal.Unknown(code)));

    public GraphAnswer DeleteCode(string? token, string id, string code) => access.OnNumber(token, id, _ =>
        CodesOf(id).RemoveAll(known => known.Code == code) > 0 ? GraphAnswer.Success() : access.Refuse(Refusal.Unknown(code)));

    /// <summary>Steps of a number's verification; every code of six digits is right.</summary>
    public GraphAnswer Verify(string? token, string id, JsonElement body, bool isCode) => access.OnNumber(token, id, _ =>
        isCode && (body.Text("code") is not { Length: 6 } code || !code.All(char.IsAsciiDigit))
            ? access.Refuse(new Refusal(136025, "Code couldn't be verified."))
            : !isCode && body.Text("code_method") is not ("SMS" or "VOICE")
                ? access.Refuse(Refusal.Unsupported("The parameter code_method must be SMS or VOICE."))
                : GraphAnswer.Success());

    /// <summary>A PIN of two-step verification, another name, or a webhook address of its own. Null if it is no number.</summary>
    public GraphAnswer? Change(string? token, string id, JsonElement body)
    {
        if (!world.Numbers.Any(number => number.PhoneNumberId == id && number.AccessToken == token))
        {
            return null;
        }

        return access.OnNumber(token, id, number =>
        {
            if (body.Text("pin") is { } pin && (pin.Length != 6 || !pin.All(char.IsAsciiDigit)))
            {
                return access.Refuse(Refusal.Unsupported("Param pin must be 6 characters long."));
            }

            if (body.Child("webhook_configuration")?.Text("override_callback_uri") is { } address)
            {
                if (!SendRules.IsLink(address))
                {
                    return access.Refuse(Refusal.Unsupported("Param override_callback_uri must be an address."));
                }

                world.PutNumber(number with { WebhookUrl = new Uri(address) });
            }

            return GraphAnswer.Success();
        });
    }

    public GraphAnswer Commerce(string? token, string id) => access.OnNumber(token, id, _ => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray(CommerceOf(id).DeepClone()),
    }));

    public GraphAnswer SetCommerce(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        foreach (var name in Switches)
        {
            CommerceOf(id)[name] = body.Flag(name) ?? body.Text(name)?.ToUpperInvariant() switch
            {
                "TRUE" => true,
                "FALSE" => false,
                _ => (bool)CommerceOf(id)[name]!,
            };
        }

        return GraphAnswer.Success();
    });

    /// <summary>Openers and commands; what the body does not name stays.</summary>
    public GraphAnswer SetAutomation(string? token, string id, JsonElement body) => access.OnNumber(token, id, _ =>
    {
        var (prompts, commands) = (body.FindArray("prompts") ?? [], body.FindArray("commands") ?? []);
        if (prompts.Count > MaxPrompts
            || prompts.Any(prompt => prompt.ValueKind != JsonValueKind.String || IsBad(prompt.GetString(), MaxPrompt)))
        {
            return access.Refuse(Refusal.BadParameter($"Param prompts must be at most {MaxPrompts} texts of 1 to {MaxPrompt} characters."));
        }

        if (commands.Count > MaxCommands || commands.Any(command =>
            IsBad(command.Text("command_name"), MaxCommand) || IsBad(command.Text("command_description"), MaxDescription)))
        {
            return access.Refuse(Refusal.BadParameter(
                $"Param commands must be at most {MaxCommands}, with command_name up to {MaxCommand} and "
                + $"command_description up to {MaxDescription} characters."));
        }

        var kept = AutomationOf(id);
        foreach (var member in body.EnumerateObject().Where(member => member.Name is "prompts" or "commands" or "enable_welcome_message"))
        {
            kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return GraphAnswer.Success();
    });

    /// <summary>The field <c>conversational_automation</c> of a number.</summary>
    public JsonObject AutomationOf(string id) => _automation.GetOrAdd(id, _ => new JsonObject { ["id"] = id });

    private static bool IsBad(string? text, int longest) => text is null || Json.Length(text) is 0 || Json.Length(text) > longest;

    private JsonObject CommerceOf(string id) => _commerce.GetOrAdd(id, _ => new JsonObject
    {
        ["id"] = "4" + id,
        ["is_cart_enabled"] = true,
        ["is_catalog_visible"] = false,
    });

    private static JsonObject Shown(JsonObject profile, string? fields)
    {
        var asked = (fields ?? "").Split(',', StringSplitOptions.TrimEntries).Append("messaging_product").ToHashSet(StringComparer.Ordinal);
        return new JsonObject(profile.Where(field => asked.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }

    private JsonObject ProfileOf(string id) => _profiles.GetOrAdd(id, _ => new JsonObject
    {
        ["about"] = "Hey there! I am using WhatsApp.",
        ["vertical"] = "RETAIL",
        ["messaging_product"] = "whatsapp",
    });

    private JsonObject SettingsOf(string id) => _settings.GetOrAdd(id, _ => new JsonObject
    {
        ["calling"] = new JsonObject { ["status"] = "DISABLED" },
        ["storage_configuration"] = new JsonObject { ["status"] = "DEFAULT" },
    });

    private List<(string Code, string Message)> CodesOf(string id) => _codes.GetOrAdd(id, _ => []);

    private static JsonObject Write((string Code, string Message) code, string root, string? image)
    {
        var json = new JsonObject
        {
            ["code"] = code.Code,
            ["prefilled_message"] = code.Message,
            ["deep_link_url"] = $"https://wa.me/message/{code.Code}",
        };
        if (image is not null)
        {
            json["qr_image_url"] = $"{root}/qr/{code.Code}.{image.ToUpperInvariant()}";
        }

        return json;
    }
}
