using System.Text;
using System.Text.Encodings.Web;

namespace WaCr.Web.Api.OpenApi;

/// <summary>The API's changes as a page. Whoever changes the API adds a line on top; what goes away is read from the operations.</summary>
internal static class ApiChangelog
{
    private static readonly (DateOnly Day, string What)[] Changes =
    [
        (new(2026, 12, 1), "New: a broadcast's funnel has `held_by_whatsapp`, and its recipients that status: messages that WhatsApp keeps back until it knows the template's quality. The funnel's `sent` has them, too."),
        (new(2026, 12, 1), "New: `content.interactive` has what was sent with buttons, a list, a link, a request or products (it was `content.unknown`), with the names of `POST /messages/interactive`; `content.call` has what became of a call."),
        (new(2026, 12, 1), "Events say what the API says: `conversation.assigned` has `unread_count` (was `unread`), `last_message_id`, `last_inbound_at` and `updated_at`; `campaign.*` has `send_at` (was `scheduled_at`) and `per_minute`; `comment.created` has `type`, and its HTML is sanitized. A cancelled campaign is told as `campaign.finished`. `contact.opted_in` is told once nothing is denied any more."),
        (new(2026, 12, 1), "`POST /messages/{id}/read` and `POST /webhooks/{id}/redeliver` need no body. After a second new secret of a webhook within 24 hours the first goes on signing, too."),
        (new(2026, 12, 1), "New: templates that show products are sent with `header_product_id` and `header_catalog_id`, `thumbnail_product_id` and `product_sections`. A template with a CATALOG, MPM or SPM button must be MARKETING, with that button alone and the header that goes with it."),
        (new(2026, 11, 30), "New: `call`, a type of messages: a customer called. Until now calls were of the type `system`."),
        (new(2026, 11, 30), "A conversation to which only broadcasts went has no `last_message_at` (null), and counts as the oldest."),
        (new(2026, 11, 30), "The OpenAPI document describes `filter` as one object with named properties, names every body and answer, and says the address that it is served from."),
        (new(2026, 11, 30), "New: conversations and campaigns, with the scopes conversations:read, conversations:write, campaigns:read and campaigns:write."),
        (new(2026, 11, 30), "New: contacts by phone (PUT /contacts/by-phone/{phone}), their history and consent, on_duplicate in batches, filters by phone, e-mail, change and opt-out."),
        (new(2026, 11, 30), "New: locations, contact cards, reactions, stickers, voice notes, link buttons and location requests; reply_to and send_at on every send; read marks; files of messages."),
        (new(2026, 11, 30), "New: templates are created, changed and deleted, with the scope templates:write."),
        (new(2026, 11, 30), "New: the same operations as tools for language models at /mcp; those that send also take the scope mcp:send."),
        (new(2026, 11, 30), "New: /llms.txt and this page."),
        (new(2026, 11, 30), "New: `contact_info_request` asks somebody who hides their number for it; templates take `cards` (a carousel), `offer_expires_at`, and a place as header."),
        (new(2026, 11, 29), "New: outgoing webhooks, with deliveries to read and to send again."),
        (new(2026, 11, 29), "New: the content of messages (`fields=content`), contacts' `language`, erasing and exporting a contact."),
        (new(2026, 11, 1), "Version 2.0."),
    ];

    public static string Page(ApiCatalog catalog)
    {
        var text = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>WaCr API: changes</title></head>
            <body>
            <main>
            <h1>WaCr API: changes</h1>
            <p>Within version 2 things are only added: fields, operations, values. What goes away is listed first, and its answers carry
            <code>Deprecation</code> and, once it is decided, <code>Sunset</code>.</p>
            <h2>Going away</h2>

            """);
        var going = catalog.Entries.Where(entry => entry.Operation.Deprecation is not null).ToList();
        text.Append(going.Count == 0 ? "<p>Nothing.</p>\n" : "<ul>\n");
        foreach (var entry in going)
        {
            var deprecation = entry.Operation.Deprecation!;
            var until = deprecation.Sunset is { } end ? $"until {Day(end)}" : "no end decided";
            text.Append(CultureInfo.InvariantCulture, $"<li>{Encode($"{entry.Method} {entry.Path}")} (since {Day(deprecation.Since)}, {until}): {Encode(deprecation.Instead)}</li>\n");
        }

        text.Append(going.Count == 0 ? "" : "</ul>\n");
        foreach (var day in Changes.GroupBy(change => change.Day))
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{Day(day.Key)}</h2>\n<ul>\n");
            foreach (var (_, what) in day)
            {
                text.Append(CultureInfo.InvariantCulture, $"<li>{Encode(what)}</li>\n");
            }

            text.Append("</ul>\n");
        }

        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
