using System.Text;

namespace WaCr.Web.Api.OpenApi;

/// <summary><c>/llms.txt</c>: what the API can do, short enough for a language model to read whole.</summary>
internal static class LlmsText
{
    public static string Make(ApiCatalog catalog, string server, string documentPath, string referencePath, string changelogPath)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # WaCr API

            > The API of a WhatsApp CRM: contacts, conversations, messages, templates, broadcasts and webhooks of one workspace.

            Every request carries `Authorization: Bearer <token>`; the token stands for one workspace, and its scopes say what it may do.
            Answers are JSON: `success`, `data`, `message`, `meta`; a refusal has `error.code`, `error.message` and `error.details` by field.
            Lists take `page`, `per_page` (at most 100), `sort`, `search`, `fields` and `filter[field]=value` or `filter[field][operator]=value`.
            A POST with an `Idempotency-Key` can be repeated safely. Free-form messages go out within 24 hours of the contact's last one;
            after that only approved templates do.

            ## Documents

            - [OpenAPI 3.1]({server}{documentPath}): every operation with its schemas and examples
            - [Reference]({server}{referencePath}): the same for people, to try out
            - [Changelog]({server}{changelogPath}): what was added and what is going away

            """);
        foreach (var tag in ApiCatalog.Tags)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {tag.Name}\n\n{tag.Description}\n\n");
            foreach (var entry in catalog.Entries.Where(entry => entry.Tag == tag.Name))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"- `{entry.Method} {entry.Path}` ({entry.Operation.Scope}): {OneLine(entry.Operation)}\n");
            }
        }

        return text.ToString();
    }

    private static string OneLine(ApiOperation operation) =>
        operation.Description.Length == 0 ? operation.Summary + "." : operation.Description.ReplaceLineEndings(" ");
}
