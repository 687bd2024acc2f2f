using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An account's templates: created, edited, deleted, unpaused, archived.</summary>
internal sealed class GraphTemplateChanges(SandboxWorld world, GraphAccess access)
{
    private const int MaxEditsInAMonth = 10;
    private const int MaxArchived = 100;

    public GraphAnswer Create(string? token, string account, JsonElement body) =>
        access.OnTemplates(token, account, () => Add(account, body));

    /// <summary>Within a call whose account is already checked.</summary>
    public GraphAnswer Add(string account, JsonElement body)
    {
        if (TemplateRules.Check(body) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        var (name, language) = (body.Text("name")!, body.Text("language")!);
        if (world.Templates.Find(account, name, language) is not null)
        {
            return access.Refuse(
                Refusal.Template(2388024, "Content in this language already exists", $"There is already {language} content for {name}."));
        }

        if (world.Templates.Of(account).Count >= world.Behaviour.TemplateLimit)
        {
            return access.Refuse(
                Refusal.Template(
                    2388019,
                    "Template limit reached",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The account has {world.Behaviour.TemplateLimit} templates, which is all it may have.")));
        }

        var template = new SandboxTemplate
        {
            Id = world.Ids.Number("template"),
            BusinessAccountId = account,
            Name = name,
            Language = language,
            Category = body.Text("category")!,
            Status = "PENDING",
            ParameterFormat = body.Text("parameter_format")?.ToUpperInvariant() ?? "POSITIONAL",
            Components = Components(body, body.Text("category")!),
            MessageSendTtlSeconds = (int?)body.Number("message_send_ttl_seconds"),
        };
        world.Templates.Add(template);
        Submit(template);
        return GraphAnswer.Ok(new JsonObject { ["id"] = template.Id, ["status"] = "PENDING", ["category"] = template.Category });
    }

    /// <summary>Puts other components in, which are reviewed again.</summary>
    public void Replace(SandboxTemplate template, JsonElement body)
    {
        template.Components = Components(body, template.Category);
        template.EditedAt.Add(world.Clock.Now);
        template.Status = "PENDING";
        Submit(template);
    }

    /// <summary>What the body does not name stays as it is.</summary>
    public GraphAnswer? Edit(string id, JsonElement body, IReadOnlyList<SandboxNumber> numbers)
    {
        if (FindOf(id, numbers) is not { } template)
        {
            return null;
        }

        var category = body.Text("category") ?? template.Category;
        var hasComponents = body.Member("components") is not null;
        if (RefusalOf(template, body, category, hasComponents) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        var isReviewed = hasComponents || category != template.Category;
        template.Category = category;
        template.MessageSendTtlSeconds = (int?)body.Number("message_send_ttl_seconds") ?? template.MessageSendTtlSeconds;
        if (hasComponents)
        {
            Replace(template, body);
        }
        else if (isReviewed)
        {
            template.EditedAt.Add(world.Clock.Now);
            template.Status = "PENDING";
            Submit(template);
        }

        return GraphAnswer.Ok(
            new JsonObject { ["success"] = true, ["id"] = template.Id, ["name"] = template.Name, ["category"] = template.Category });
    }

    /// <summary>A name deletes all languages, <paramref name="id"/> only one.</summary>
    public GraphAnswer Delete(string? token, string account, string? name, string? id) => access.OnTemplates(token, account, () =>
    {
        var gone = world.Templates.Of(account)
            .Where(template => (name is not null || id is not null)
                && (name is null || template.Name == name)
                && (id is null || template.Id == id))
                .ToList();
        if (gone.Count == 0)
        {
            return access.Refuse(name is null && id is null
                ? Refusal.Unsupported("The parameter name is required.")
                : Refusal.Template(2593002, "Template not found", $"There is no template {name ?? id}."));
        }

        gone.ForEach(world.Templates.Remove);
        return GraphAnswer.Success();
    });

    public GraphAnswer Unpause(string? token, string id) => access.Serve(new(token, "templates"), numbers =>
    {
        if (FindOf(id, numbers) is not { } template)
        {
            return access.Refuse(Refusal.Unknown(id));
        }

        if (template.Status != "PAUSED")
        {
            return access.Refuse(
                Refusal.Template(2388039, "Template isn't paused", $"A template that is {template.Status} can't be unpaused."));
        }

        TemplateReview.Decide(world, template, "APPROVED", "NONE", "UNPAUSED");
        return GraphAnswer.Success();
    });

    public GraphAnswer Archive(string? token, string account, JsonElement body, bool archived) => access.OnTemplates(token, account, () =>
    {
        // An array, or ids with commas in between, as some clients send them.
        var wanted = body.FindTexts("hsm_ids");
        if (wanted.Count is 0 or > MaxArchived)
        {
            return access.Refuse(Refusal.Unsupported($"The parameter hsm_ids is required: an array of at most {MaxArchived} ids."));
        }

        var templates = world.Templates.Of(account).Where(template => wanted.Contains(template.Id)).ToList();
        if (templates.Count < wanted.Distinct(StringComparer.Ordinal).Count())
        {
            return access.Refuse(Refusal.Template(2593002, "Template not found", "There is no template with one of these ids."));
        }

        foreach (var template in templates.Where(template => archived != (template.Status == "ARCHIVED")))
        {
            TemplateReview.Decide(world, template, archived ? "ARCHIVED" : "APPROVED", "NONE", archived ? null : "UNARCHIVED");
        }

        return GraphAnswer.Ok(new JsonObject
        {
            ["success"] = true,
            [archived ? "archived_templates" : "unarchived_templates"] =
                new JsonArray([.. templates.Select(template => JsonValue.Create(template.Id))]),
            ["failed_templates"] = new JsonObject(),
        });
    });

    private Refusal? RefusalOf(SandboxTemplate template, JsonElement body, string category, bool hasComponents)
    {
        if (template.Status is not ("APPROVED" or "REJECTED" or "PAUSED"))
        {
            return Refusal.Template(2388039, "Template can't be edited", $"A template that is {template.Status} can't be edited.");
        }

        if (!hasComponents && body.Member("category") is null && body.Member("message_send_ttl_seconds") is null)
        {
            return Refusal.Unsupported("The parameter components is required.");
        }

        if (template.Status == "APPROVED" && category != template.Category)
        {
            return Refusal.Unsupported("The category of an approved template can't be edited.");
        }

        var now = world.Clock.Now;
        var edits = template.EditedAt;
        return hasComponents && template.Status == "APPROVED"
            && (edits.Count(at => at > now.AddDays(-30)) >= MaxEditsInAMonth || edits.Exists(at => at > now.AddDays(-1)))
                ? Refusal.Template(
                    2388039, "Template can't be edited", "An approved template can be edited once in 24 hours and ten times in 30 days.")
                : hasComponents ? TemplateRules.CheckComponents(body, category, template.ParameterFormat) : null;
    }

    private void Submit(SandboxTemplate template)
    {
        var number = world.Numbers.FirstOrDefault(number => number.BusinessAccountId == template.BusinessAccountId);
        var behaviour = number is null ? world.Behaviour : world.BehaviourOf(number.PhoneNumberId);
        if (behaviour.ReviewsByItself)
        {
            world.Later(new ReviewDue(world.Clock.Now + behaviour.TemplateReview, template.Id));
        }
    }

    private SandboxTemplate? FindOf(string id, IReadOnlyList<SandboxNumber> numbers) =>
        world.Templates.Find(id) is { } template && numbers.Any(number => number.BusinessAccountId == template.BusinessAccountId)
            ? template
            : null;

    /// <summary>As Graph returns them: a one-time code's text is Meta's, and its button is a URL button.</summary>
    private static JsonArray Components(JsonElement body, string category)
    {
        var components = new JsonArray(
            [.. (body.FindArray("components") ?? []).Select(component => JsonNode.Parse(component.GetRawText()))]);
        if (category != "AUTHENTICATION")
        {
            return components;
        }

        foreach (var component in components.OfType<JsonObject>())
        {
            switch (component["type"].Text()?.ToUpperInvariant())
            {
                case "BODY":
                    component["text"] = "*{{1}}* is your verification code."
                        + (component["add_security_recommendation"].IsTrue() ? " For your security, do not share this code." : "");
                    component["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray("123456")) };
                    break;
                case "FOOTER" when component["code_expiration_minutes"] is { } minutes:
                    component["text"] = $"This code expires in {minutes} minutes.";
                    break;
                case "BUTTONS":
                    foreach (var button in (component["buttons"] as JsonArray ?? []).OfType<JsonObject>())
                    {
                        var type = button["otp_type"].Text() ?? "COPY_CODE";
                        button["type"] = "URL";
                        button["url"] = $"https://www.whatsapp.com/otp/code/?otp_type={type}&code=otp{{{{1}}}}";
                        button["text"] ??= "Copy code";
                        button.Remove("otp_type");
                    }

                    break;
            }
        }

        return components;
    }
}
