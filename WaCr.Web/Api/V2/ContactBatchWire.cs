using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

/// <summary>What became of many contacts, on the wire.</summary>
internal static class ContactBatchWire
{
    private static readonly ulong WithGroups = ContactWire.Shape.Default | ContactWire.Shape.BitOf(ContactWire.Groups);

    public static void WriteDeleted(Utf8JsonWriter json, int total, int deleted)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("deleted"u8, deleted);
        json.WriteNumber("failed"u8, total - deleted);
        json.WriteEndObject();
    }

    public static void WriteOutcome(Utf8JsonWriter json, BatchOutcome outcome, List<JsonElement> rows, bool updates)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("total"u8, outcome.Total);
        json.WriteNumber("created"u8, outcome.Created.Count);
        if (updates)
        {
            json.WriteNumber("updated"u8, outcome.Updated.Count);
        }

        json.WriteNumber("skipped"u8, outcome.Skipped.Count);
        json.WriteNumber("failed"u8, outcome.Failed.Count);
        json.WriteEndObject();
        WriteContacts(json, "created", outcome.Created);
        WriteContacts(json, "updated", outcome.Updated);
        json.WriteStartArray("skipped"u8);
        foreach (var row in outcome.Skipped)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, row.Index);
            json.WriteString("reason"u8, row.Reason);
            WriteRow(json, rows[row.Index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors"u8);
        foreach (var row in outcome.Failed)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, row.Index);
            json.WriteStartObject("errors"u8);
            Problem.WriteFields(json, row.Errors);
            json.WriteEndObject();
            WriteRow(json, rows[row.Index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContacts(Utf8JsonWriter json, string name, IReadOnlyList<ContactDetails> contacts)
    {
        json.WriteStartArray(name);
        foreach (var contact in contacts)
        {
            ContactWire.Shape.Write(json, contact, WithGroups);
        }

        json.WriteEndArray();
    }

    // Copied byte for byte: it may hold escapes that no .NET string can.
    private static void WriteRow(Utf8JsonWriter json, JsonElement row)
    {
        json.WritePropertyName("data"u8);
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(row), skipInputValidation: true);
    }

    public static JsonObject OutcomeSchema() => Schemas.Object(
        ("summary", Schemas.Object(
            ("total", Schemas.Integer("Rows in the request.", 3)),
            ("created", Schemas.Integer("Rows that became contacts.", 1)),
            ("updated", Schemas.Integer("Rows that changed a contact; only with `on_duplicate` `update`.", 1)),
            ("skipped", Schemas.Integer("Rows whose phone exists.", 1)),
            ("failed", Schemas.Integer("Rows that break a rule.", 1))).Required("total", "created", "skipped", "failed")),
        ("created", Schemas.ArrayOf(Schemas.RefTo(ContactWire.Shape.Name), "The new contacts.")),
        ("updated",
         Schemas.ArrayOf(Schemas.RefTo(ContactWire.Shape.Name), "The changed contacts, each once; none without `on_duplicate` `update`.")),
        ("skipped", Schemas.ArrayOf(
            Schemas.Object(
                ("index", Schemas.Integer("The row, from 0.", 1)),
                ("reason", Schemas.Text("Why it was skipped.", "A contact with this phone number already exists")),
                ("data", new JsonObject { ["description"] = "The row as it came." })).Required("index", "reason", "data"),
            "Rows that were passed over.")),
        ("errors", Schemas.ArrayOf(
            Schemas.Object(
                ("index", Schemas.Integer("The row, from 0.", 2)),
                ("errors", Schemas.RefTo("FieldErrors")),
                ("data", new JsonObject { ["description"] = "The row as it came." })).Required("index", "errors", "data"),
            "Rows that failed."))).Required("summary", "created", "skipped", "errors");

    public static JsonObject DeletedSchema() => Schemas.Object(("summary", Schemas.Object(
        ("total", Schemas.Integer("Different ids in the request.", 2)),
        ("deleted", Schemas.Integer("Contacts that were deleted.", 1)),
        ("failed", Schemas.Integer("Ids of no contact.", 1))).Required("total", "deleted", "failed"))).Required("summary");
}
