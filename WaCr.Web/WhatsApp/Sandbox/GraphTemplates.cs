using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An account's templates: listed by page, created, edited, deleted.</summary>
internal sealed class GraphTemplates(SandboxWorld world, GraphAccess access)
{
    private const int DefaultLimit = 25;
    private const int MaxEditsInAMonth = 10;

    public GraphAnswer List(string? token, string account, TemplateQuery query) => OnAccount(token, account, () =>
    {
        if (query.Limit is < 1 or > 1000)
        {
            return access.Refuse(Refusal.Unsupported("Param limit must be between 1 and 1000."));
        }

        var found = world.Templates.Of(account).Where(query.Fits).ToList();
        var first = 0;
        if (query.After is not null || query.Before is not null)
        {
            var at = found.FindIndex(template => template.Id == IdOf(query.After ?? query.Before!));
            if (at < 0)
            {
                return access.Refuse(new Refusal(100, "Param after or before is not a cursor of this list."));
            }

            first = query.After is not null ? at + 1 : Math.Max(0, at - (query.Limit ?? DefaultLimit));
        }

        var page = found.Skip(first).Take(query.Limit ?? DefaultLimit).ToList();
        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(template => Write(template, query.Fields))]) };
        if (page.Count > 0)
        {
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = CursorOf(page[0]), ["after"] = CursorOf(page[^1]) } };
            if (first > 0)
            {
                paging["previous"] = query.Link("before", CursorOf(page[0]));
            }

            if (first + page.Count < found.Count)
            {
                paging["next"] = query.Link("after", CursorOf(page[^1]));
            }

            answer["paging"] = paging;
        }

        return GraphAnswer.Ok(answer);
    });

    public GraphAnswer Create(string? token, string account, JsonElement body) => OnAccount(token, account, () =>
    {
        if (TemplateRules.Check(body) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        var (name, language) = (body.Text("name")!, body.Text("language")!);
        if (world.Templates.Find(account, name, language) is not null)
        {
            return access.Refuse(Refusal.Template(2388024, "Content in this language already exists", $"There is already {language} content for {name}."));
        }

        if (world.Templates.Of(account).Count >= world.Behaviour.TemplateLimit)
        {
            return access.Refuse(Refusal.Template(2388019, "Template limit reached", string.Create(CultureInfo.InvariantCulture, $"The account has {world.Behaviour.TemplateLimit} templates, which is all it may have.")));
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
    });

    public GraphAnswer? Edit(string id, JsonElement body, IReadOnlyList<SandboxNumber> numbers)
    {
        if (FindOf(id, numbers) is not { } template)
        {
            return null;
        }

        if (template.Status is not ("APPROVED" or "REJECTED" or "PAUSED"))
        {
            return access.Refuse(Refusal.Template(2388039, "Template can't be edited", $"A template that is {template.Status} can't be edited."));
        }

        var now = world.Clock.Now;
        if (template.Status == "APPROVED"
            && (template.EditedAt.Count(at => at > now.AddDays(-30)) >= MaxEditsInAMonth || template.EditedAt.Exists(at => at > now.AddDays(-1))))
        {
            return access.Refuse(Refusal.Template(2388039, "Template can't be edited", "An approved template can be edited once in 24 hours and ten times in 30 days."));
        }

        if (body.Text("category") is { } category && template.Status == "APPROVED" && category != template.Category)
        {
            return access.Refuse(Refusal.Unsupported("The category of an approved template can't be edited."));
        }

        if (TemplateRules.CheckComponents(body, body.Text("category") ?? template.Category) is { } refusal)
        {
            return access.Refuse(refusal);
        }

        template.Category = body.Text("category") ?? template.Category;
        template.Components = Components(body, template.Category);
        template.EditedAt.Add(now);
        template.Status = "PENDING";
        Submit(template);
        return GraphAnswer.Success();
    }

    /// <summary>A name deletes all languages, <paramref name="id"/> only one.</summary>
    public GraphAnswer Delete(string? token, string account, string? name, string? id) => OnAccount(token, account, () =>
    {
        var gone = world.Templates.Of(account).Where(template => template.Name == name && (id is null || template.Id == id)).ToList();
        if (gone.Count == 0)
        {
            return access.Refuse(name is null ? Refusal.Unsupported("The parameter name is required.") : Refusal.Template(2593002, "Template not found", $"There is no template {name}."));
        }

        gone.ForEach(world.Templates.Remove);
        return GraphAnswer.Success();
    });

    public GraphAnswer? Find(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        FindOf(id, numbers) is { } template ? GraphAnswer.Ok(Write(template, fields)) : null;

    private void Submit(SandboxTemplate template) => world.Later(new ReviewDue(world.Clock.Now + world.Behaviour.TemplateReview, template.Id));

    private SandboxTemplate? FindOf(string id, IReadOnlyList<SandboxNumber> numbers) =>
        world.Templates.Find(id) is { } template && numbers.Any(number => number.BusinessAccountId == template.BusinessAccountId) ? template : null;

    private GraphAnswer OnAccount(string? token, string account, Func<GraphAnswer> work) => access.Serve(
        new(token, "templates"), numbers => numbers.Any(number => number.BusinessAccountId == account) ? work() : access.Refuse(Refusal.Unknown(account)));

    /// <summary>As Graph returns them: a one-time code's text is Meta's, and its button is a URL button.</summary>
    private static JsonArray Components(JsonElement body, string category)
    {
        var components = (JsonArray)JsonNode.Parse(body.GetProperty("components").GetRawText())!;
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

    private static JsonObject Write(SandboxTemplate template, string? fields)
    {
        var all = new JsonObject
        {
            ["id"] = template.Id,
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["status"] = template.Status,
            ["category"] = template.Category,
            ["parameter_format"] = template.ParameterFormat,
            ["rejected_reason"] = template.RejectedReason,
            ["quality_score"] = new JsonObject { ["score"] = "UNKNOWN", ["date"] = 1700000000 },
            ["components"] = template.Components.DeepClone(),
        };
        if (template.MessageSendTtlSeconds is { } seconds)
        {
            all["message_send_ttl_seconds"] = seconds;
        }

        return fields is null ? all : GraphFields.Only(all, fields);
    }

    private static string CursorOf(SandboxTemplate template) => Convert.ToBase64String(Encoding.ASCII.GetBytes("t:" + template.Id));

    private static string? IdOf(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.ASCII.GetString(bytes, 0, length) is ['t', ':', .. var id] ? id : null;
    }
}

/// <summary>What is asked of an account's list; <paramref name="Link"/> makes the address of another page.</summary>
internal sealed record TemplateQuery(int? Limit, string? After, string? Before, string? Fields, Func<string, string, string> Link)
{
    public string? Name { get; init; }
    public string? NameOrContent { get; init; }
    public string? Status { get; init; }
    public string? Category { get; init; }
    public string? Language { get; init; }

    public bool Fits(SandboxTemplate template) =>
        (Name is null || template.Name.Contains(Name, StringComparison.OrdinalIgnoreCase))
        && (NameOrContent is null || template.Name.Contains(NameOrContent, StringComparison.OrdinalIgnoreCase)
            || template.Components.ToJsonString().Contains(NameOrContent, StringComparison.OrdinalIgnoreCase))
        && (Status is null || template.Status == Status)
        && (Category is null || template.Category == Category)
        && (Language is null || template.Language == Language);
}
