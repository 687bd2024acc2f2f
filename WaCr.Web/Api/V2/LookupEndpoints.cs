using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Api.V2;

/// <summary>The endpoints that groups, sources and statuses share.</summary>
/// <param name="word">Capitalised, as in messages.</param>
/// <param name="path">Under the API's root.</param>
internal sealed class LookupEndpoints<TLookup>(string word, string path, WireShape<LookupDetails> shape)
    where TLookup : Lookup, new()
{
    public const string ContactsCount = "contacts_count";

    private readonly ulong _count = shape.BitOf(ContactsCount);

    public ListSpec List { get; } = new(shape)
    {
        Sorts = [LookupFields.Id, LookupFields.Name, LookupFields.CreatedAt, LookupFields.UpdatedAt],
        Filters = [new FilterField(LookupFields.Name, FilterKind.Text), new FilterField(LookupFields.CreatedAt, FilterKind.Time)],
        Includes = [ContactsCount],
    };

    public async Task<IResult> ListAsync(ListRequest list, LookupQueries<TLookup> lookups, CancellationToken cancellationToken)
    {
        var query = new LookupListQuery
        {
            Page = list.Page,
            Sort = list.Sort,
            Search = list.Search,
            Filters = list.Filters,
            IncludeContactsCount = list.Includes(_count),
        };
        var page = await lookups.ListAsync(query, cancellationToken);
        return page.Answer(value => new PageAnswer<LookupDetails>(
            $"{word}{(word.EndsWith('s') ? "es" : "s")} retrieved successfully", value, shape, list.Fields));
    }

    public Task<IResult> GetAsync(
        string id, FieldSelection selection, LookupQueries<TLookup> lookups, CancellationToken cancellationToken) =>
        lookups.GetAsync(RouteId.Read(id), (selection.Fields & _count) != 0, cancellationToken)
            .AnswerAsync(found => new ItemAnswer<LookupDetails>($"{word} retrieved successfully", found, shape, selection.Fields));

    public Task<IResult> CreateAsync(Body<LookupPatch> body, LookupService<TLookup> lookups, CancellationToken cancellationToken) =>
        lookups.CreateAsync(body.Value, cancellationToken)
            .AnswerAsync(created => new ItemAnswer<LookupDetails>(
                $"{word} created successfully", created, shape, shape.Default, StatusCodes.Status201Created)
            {
                Location = V2Routes.LocationOf(path, created.Id),
            });

    public Task<IResult> UpdateAsync(
        string id, Body<LookupPatch> body, LookupService<TLookup> lookups, CancellationToken cancellationToken) =>
        lookups.UpdateAsync(RouteId.Read(id), body.Value, cancellationToken)
            .AnswerAsync(updated => new ItemAnswer<LookupDetails>($"{word} updated successfully", updated, shape, shape.Default));

    public Task<IResult> DeleteAsync(string id, LookupService<TLookup> lookups, CancellationToken cancellationToken) =>
        lookups.DeleteAsync(RouteId.Read(id), cancellationToken).AnswerAsync(_ => new EmptyAnswer($"{word} deleted successfully"));

    public JsonObject BodySchema()
    {
        var schema = Schemas.Object(
            (LookupFields.Name, Schemas.Text("Unique in the workspace, ignoring case.", "Partners", Lookup.NameMaxLength)))
            .Required(LookupFields.Name);
        if (shape.BitOf(LookupFields.Color) != 0)
        {
            var color = Schemas.Text("`#RRGGBB`.", "#FF5733").OrNull();
            color["pattern"] = "^#[0-9A-Fa-f]{6}$";
            schema["properties"]![LookupFields.Color] = color;
        }

        return schema;
    }

    public static JsonObject Example() => new() { [LookupFields.Name] = "Partners" };

    public static JsonObject ExampleOfUpdate() => new() { [LookupFields.Name] = "Partners of 2026" };

    public LookupPatch Read(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new LookupPatch
        {
            Name = reader.Text(LookupFields.Name),
            Color = shape.BitOf(LookupFields.Color) == 0 ? default : reader.Text(LookupFields.Color),
            Unreadable = reader.Unreadable,
        };
    }
}
