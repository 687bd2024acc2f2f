using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Api.V2;

/// <summary>The receipt of an erasure on the wire.</summary>
internal static class PrivacyWire
{
    public static JsonObject Receipt() => Schemas.Object(
        ("contact_id", Schemas.Integer("The contact that was; no other gets this id.", 12)),
        ("erased_at", Schemas.Time("When.")),
        ("erased_by", Schemas.Text("The token's name.", "Shop")),
        ("messages", Schemas.Integer("Messages that were erased.", 40)),
        ("comments", Schemas.Integer("Comments that were erased.", 2)),
        ("files", Schemas.Integer("Files of messages that were erased.", 3)),
        ("merged_contacts", Schemas.Integer("Contacts that had been merged into this one, and went with it.", 0)))
        .Required("contact_id", "erased_at", "erased_by", "messages", "comments", "files", "merged_contacts");

    public static void Write(Utf8JsonWriter json, ErasureReceipt receipt)
    {
        json.WriteNumber("contact_id"u8, receipt.ContactId);
        json.WritePropertyName("erased_at"u8);
        json.WriteTime(receipt.ErasedAt);
        json.WriteString("erased_by"u8, receipt.ErasedBy);
        json.WriteNumber("messages"u8, receipt.Counts.Messages);
        json.WriteNumber("comments"u8, receipt.Counts.Comments);
        json.WriteNumber("files"u8, receipt.Counts.Files);
        json.WriteNumber("merged_contacts"u8, receipt.Counts.MergedContacts);
    }
}
