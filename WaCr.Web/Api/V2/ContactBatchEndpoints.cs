using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

internal static class ContactBatchEndpoints
{
    private const string Path = "/contacts/batch";
    private const string Contacts = "contacts";
    private const string Options = "options";
    private const string OnDuplicate = "on_duplicate";
    private const int MaxCreated = 100;
    private const int MaxDeleted = 1000;

    // Indexed by DuplicateRow.
    private static readonly List<string> OnDuplicateWords = ["fail", "skip", "update"];

    private static readonly ulong WithGroups = ContactWire.Shape.Default | ContactWire.Shape.BitOf(ContactWire.Groups);

    public static void MapContactBatches(this IEndpointRouteBuilder api)
    {
        api.MapPost(Path, CreateAsync).Reads(Read).Describe(new("createContacts", "Create contacts", Permissions.ContactsWrite)
        {
            Description = "Creates up to 100 contacts in one call and says of each row what became of it.",
            Body = BodyOfCreate(),
            Example = new JsonObject
            {
                [Contacts] = new JsonArray(ContactBody.Example()),
                [Options] = new JsonObject { ["continue_on_error"] = true, ["on_duplicate"] = "update" },
            },
            Data = OutcomeSchema(),
            Beside = OutcomeSchema(),
        });
        api.MapDelete(Path, DeleteAsync).Reads(ReadIds).Describe(new("deleteContacts", "Delete contacts", Permissions.ContactsDelete)
        {
            Description = "Deletes up to 1,000 contacts by their ids.",
            Body = IdList.Schema("ids", MaxDeleted, "Ids of contacts; unknown ones count as failed."),
            Example = new JsonObject { ["ids"] = new JsonArray(12, 13) },
            Data = Schemas.Object(("summary", SummaryOfDelete())).Required("summary"),
            Beside = Schemas.Object(("summary", SummaryOfDelete())).Required("summary"),
        });
    }

    private static async Task<IResult> CreateAsync(Body<ContactRows> body, ContactBatch batch, CancellationToken cancellationToken)
    {
        var (rows, options) = body.Value;
        var outcome = await batch.CreateAsync(rows.ConvertAll(ContactBody.Read), options, cancellationToken);
        return outcome.Succeeded
            ? new TwiceAnswer(
                "Contacts processed successfully",
                json => WriteOutcome(json, outcome.Value, rows, options.OnDuplicate == DuplicateRow.Update))
            : Problem.From(outcome.Error);
    }

    private static async Task<IResult> DeleteAsync(
        Body<IReadOnlyList<long>> body, ContactService contacts, CancellationToken cancellationToken)
    {
        var total = body.Value.Distinct().ToList();
        var deleted = await contacts.DeleteManyAsync(total, cancellationToken);
        return deleted.Succeeded
            ? new TwiceAnswer("Contacts deleted successfully", json => WriteSummary(json, total.Count, deleted.Value))
            : Problem.From(deleted.Error);
    }

    private static void WriteSummary(Utf8JsonWriter json, int total, int deleted)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("deleted"u8, deleted);
        json.WriteNumber("failed"u8, total - deleted);
        json.WriteEndObject();
    }

    private static ContactRows Read(JsonElement body, FieldErrors errors) => new(ReadRows(body, errors), ReadOptions(body, errors));

    private static IReadOnlyList<long> ReadIds(JsonElement body, FieldErrors errors) =>
        IdList.Read(body, "ids", MaxDeleted, "IDs are required", "IDs must be an array", errors);

    private static List<JsonElement> ReadRows(JsonElement body, FieldErrors errors)
    {
        if (!body.TryGetProperty(Contacts, out var rows) || rows.ValueKind == JsonValueKind.Null)
        {
            errors.Add(Contacts, "Contacts are required");
        }
        else if (rows.ValueKind != JsonValueKind.Array)
        {
            errors.Add(Contacts, "Contacts must be an array");
        }
        else if (rows.GetArrayLength() is < 1 or > MaxCreated)
        {
            errors.Add(Contacts, $"Must have 1 to {MaxCreated} contacts");
        }
        else
        {
            return [.. rows.EnumerateArray()];
        }

        return [];
    }

    private static ContactBatchOptions ReadOptions(JsonElement body, FieldErrors errors)
    {
        if (!body.TryGetProperty(Options, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return new ContactBatchOptions();
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Options, "Must be an object");
            return new ContactBatchOptions();
        }

        var reader = new ObjectReader(given);
        var skips = reader.BooleanOr("skip_duplicates", false);
        var options = new ContactBatchOptions(reader.BooleanOr("continue_on_error", true), skips ? DuplicateRow.Skip : DuplicateRow.Fail);
        if (reader.Text(OnDuplicate).Or(null) is { } word)
        {
            var chosen = OnDuplicateWords.IndexOf(word);
            if (chosen < 0)
            {
                errors.Add($"{Options}.{OnDuplicate}", $"Must be one of {string.Join(", ", OnDuplicateWords)}");
            }

            options = options with { OnDuplicate = (DuplicateRow)Math.Max(chosen, 0) };
        }

        errors.AddAll(reader.Unreadable, Options + ".");
        return options;
    }

    private static void WriteOutcome(Utf8JsonWriter json, BatchOutcome outcome, List<JsonElement> rows, bool updates)
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

    private static JsonObject BodyOfCreate()
    {
        var contacts = Schemas.ArrayOf(ContactBody.Required(ContactBody.Schema()), "The contacts to create.");
        contacts["minItems"] = 1;
        contacts["maxItems"] = MaxCreated;
        return Schemas.Object(
            (Contacts, contacts),
            (Options, Schemas.Object(
                ("continue_on_error", Schemas.Boolean("Whether good rows are created although others fail; true unless given.")),
                (OnDuplicate,
                 Schemas.Word(
                     "What becomes of a row whose phone exists; `fail` unless given. `update` changes its given fields alone.",
                     [.. OnDuplicateWords])),
                ("skip_duplicates", Schemas.Boolean("The same as `on_duplicate` `skip`.")))))
            .Required(Contacts);
    }

    private static JsonObject OutcomeSchema() => Schemas.Object(
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

    private static JsonObject SummaryOfDelete() => Schemas.Object(
        ("total", Schemas.Integer("Different ids in the request.", 2)),
        ("deleted", Schemas.Integer("Contacts that were deleted.", 1)),
        ("failed", Schemas.Integer("Ids of no contact.", 1))).Required("total", "deleted", "failed");

    private sealed record ContactRows(List<JsonElement> Rows, ContactBatchOptions Options);
}
