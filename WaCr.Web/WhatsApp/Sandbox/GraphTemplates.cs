using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>An account's templates: listed by page, and read one by one.</summary>
internal sealed class GraphTemplates(SandboxWorld world, GraphAccess access)
{
    private const int DefaultLimit = 25;
    private const int MaxTemplates = 6000;

    public GraphAnswer List(string? token, string account, TemplateQuery query) => access.OnTemplates(token, account, () =>
    {
        if (query.Limit is < 1 or > 1000)
        {
            return access.Refuse(Refusal.Unsupported("Param limit must be between 1 and 1000."));
        }

        var found = world.Templates.Of(account).Where(query.Fits).ToList();
        var first = 0;
        if (query.After is not null || query.Before is not null)
        {
            var index = found.FindIndex(template => template.Id == IdOf(query.After ?? query.Before!));
            if (index < 0)
            {
                return access.Refuse(new Refusal(100, "Param after or before is not a cursor of this list."));
            }

            first = query.After is not null ? index + 1 : Math.Max(0, index - (query.Limit ?? DefaultLimit));
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

        if (query.Summary is { } asked)
        {
            answer["summary"] = Summary(asked, found.Count, world.Templates.Of(account).Count);
        }

        return GraphAnswer.Ok(answer);
    });

    private static JsonObject Summary(string asked, int found, int all)
    {
        var counts = new JsonObject
        {
            ["total_count"] = found,
            ["message_template_count"] = all,
            ["message_template_limit"] = MaxTemplates,
            ["are_translations_complete"] = true,
        };
        var names = asked.Split(',', StringSplitOptions.TrimEntries);
        return new JsonObject(counts.Where(count => names.Contains(count.Key))
            .Select(count => KeyValuePair.Create(count.Key, count.Value?.DeepClone())));
    }

    public GraphAnswer? Find(string id, string? fields, IReadOnlyList<SandboxNumber> numbers) =>
        FindOf(id, numbers) is { } template ? GraphAnswer.Ok(Write(template, fields)) : null;

    private SandboxTemplate? FindOf(string id, IReadOnlyList<SandboxNumber> numbers) =>
        world.Templates.Find(id) is { } template && numbers.Any(number => number.BusinessAccountId == template.BusinessAccountId)
            ? template
            : null;

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
            ["quality_score"] = new JsonObject { ["score"] = template.Quality, ["date"] = 1700000000 },
            ["components"] = template.Components.DeepClone(),
        };
        if (template.MessageSendTtlSeconds is { } seconds)
        {
            all["message_send_ttl_seconds"] = seconds;
        }

        if (fields is null)
        {
            // As in the real API, these two come only to those who ask for them.
            all.Remove("quality_score");
            all.Remove("rejected_reason");
            return all;
        }

        return GraphFields.Only(all, fields);
    }

    private static string CursorOf(SandboxTemplate template) => Convert.ToBase64String(Encoding.ASCII.GetBytes("t:" + template.Id));

    private static string? IdOf(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is ['t', ':', .. var id]
            ? id
            : null;
    }
}
