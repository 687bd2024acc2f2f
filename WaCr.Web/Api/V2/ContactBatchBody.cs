using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

internal sealed record ContactRows(List<JsonElement> Rows, ContactBatchOptions Options);

/// <summary>What is sent to create or delete many contacts.</summary>
internal static class ContactBatchBody
{
    public const int MaxDeleted = 1000;

    private const int MaxCreated = 100;
    private const string Contacts = "contacts";
    private const string Options = "options";
    private const string OnDuplicate = "on_duplicate";

    // Indexed by DuplicateRow.
    private static readonly List<string> OnDuplicateWords = ["fail", "skip", "update"];

    public static ContactRows Read(JsonElement body, FieldErrors errors) => new(ReadRows(body, errors), ReadOptions(body, errors));

    public static IReadOnlyList<long> ReadIds(JsonElement body, FieldErrors errors) =>
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

    public static JsonObject Example() => new()
    {
        [Contacts] = new JsonArray(ContactBody.Example()),
        [Options] = new JsonObject { ["continue_on_error"] = true, [OnDuplicate] = "update" },
    };

    public static JsonObject Schema()
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
}
