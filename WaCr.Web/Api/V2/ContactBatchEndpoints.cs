using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

internal static class ContactBatchEndpoints
{
    private const string Path = "/contacts/batch";

    public static void MapContactBatches(this IEndpointRouteBuilder api)
    {
        api.MapPost(Path, CreateAsync).Reads(ContactBatchBody.Read).Describe(
            new("createContacts", "Create contacts", Permissions.ContactsWrite)
            {
                Description = "Creates up to 100 contacts in one call and says of each row what became of it.",
                Body = ContactBatchBody.Schema(),
                Example = ContactBatchBody.Example(),
                Data = ContactBatchWire.OutcomeSchema(),
                Beside = ContactBatchWire.OutcomeSchema(),
            });
        api.MapDelete(Path, DeleteAsync).Reads(ContactBatchBody.ReadIds).Describe(
            new("deleteContacts", "Delete contacts", Permissions.ContactsDelete)
            {
                Description = "Deletes up to 1,000 contacts by their ids.",
                Body = IdList.Schema("ids", ContactBatchBody.MaxDeleted, "Ids of contacts; unknown ones count as failed."),
                Example = new JsonObject { ["ids"] = new JsonArray(12, 13) },
                Data = ContactBatchWire.DeletedSchema(),
                Beside = ContactBatchWire.DeletedSchema(),
            });
    }

    private static async Task<IResult> CreateAsync(Body<ContactRows> body, ContactBatch batch, CancellationToken cancellationToken)
    {
        var (rows, options) = body.Value;
        var outcome = await batch.CreateAsync(rows.ConvertAll(ContactBody.Read), options, cancellationToken);
        return outcome.Answer(value => new TwiceAnswer(
            "Contacts processed successfully",
            json => ContactBatchWire.WriteOutcome(json, value, rows, options.OnDuplicate == DuplicateRow.Update)));
    }

    private static async Task<IResult> DeleteAsync(
        Body<IReadOnlyList<long>> body, ContactService contacts, CancellationToken cancellationToken)
    {
        var total = body.Value.Distinct().ToList();
        var deleted = await contacts.DeleteManyAsync(total, cancellationToken);
        return deleted.Answer(value => new TwiceAnswer(
            "Contacts deleted successfully", json => ContactBatchWire.WriteDeleted(json, total.Count, value)));
    }
}
