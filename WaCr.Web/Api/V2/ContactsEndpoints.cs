using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Api.V2;

internal static class ContactsEndpoints
{
    private const string Path = "/contacts";
    private const string PathOfOne = "/contacts/{id}";

    // Every write answers the contact with all its includes.
    private static readonly ulong Whole = ContactWire.Shape.Everything;

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listContacts", "List contacts", Permissions.ContactsRead)
        {
            Description = "Lists contacts, searched, filtered, sorted and paged.",
            List = ContactWire.List,
        });
        api.MapPost(Path, CreateAsync).Reads(ContactBody.Read).Describe(new("createContact", "Create contact", Permissions.ContactsWrite)
        {
            Description = "Creates a contact. Its phone number must be new to the workspace.",
            Body = ContactBody.Required(ContactBody.Schema()),
            Example = ContactBody.Example(),
            Data = Schemas.RefTo(ContactWire.Shape.Name),
            SuccessCode = StatusCodes.Status201Created,
            HasETag = true,
        });
        api.MapRead(PathOfOne, GetAsync, new("getContact", "Retrieve contact", Permissions.ContactsRead)
        {
            Description = "Reads one contact, with its groups, source and status on request.",
            Single = ContactWire.List,
            HasETag = true,
        });
        api.MapPatch(PathOfOne, UpdateAsync)
            .Reads(ContactBody.Read)
            .Describe(new("updateContact", "Update contact", Permissions.ContactsWrite)
            {
                Description = "Changes the given fields of a contact and leaves the others. `groups` replaces all its groups.",
                Body = ContactBody.Schema(),
                Example = new JsonObject
                {
                    ["firstname"] = "Test Edited",
                    ["city"] = "Baroda",
                    ["consent"] = new JsonObject
                    {
                        ["marketing"] = "granted",
                        ["source"] = "Form on the website",
                        ["proof"] = "Ticked “Send me offers”",
                    },
                },
                Data = Schemas.RefTo(ContactWire.Shape.Name),
                HasETag = true,
            });
        api.MapPut("/contacts/by-phone/{phone}", PutAsync)
            .Reads(ContactBody.Read)
            .Describe(new("putContactByPhone", "Create or update contact by phone", Permissions.ContactsWrite)
            {
                Description =
                "Creates the contact with this number (201), or changes the given fields of the one that has it (200). Callers that name the same number at the same time change one contact.",
                Body = ContactBody.Schema(),
                Example = PutExample(),
                Data = Schemas.RefTo(ContactWire.Shape.Name),
                OtherSuccessCode = StatusCodes.Status201Created,
                HasETag = true,
            });
        api.MapRead(PathOfOne + "/history", HistoryAsync, new("listContactHistory", "List contact history", Permissions.ContactsRead)
        {
            Description = "Who changed which field of a contact, when and from where; newest first.",
            List = ContactHistoryWire.List,
        });
        api.MapPost(PathOfOne + "/erase", EraseAsync).Describe(new("eraseContact", "Erase contact", Permissions.ContactsDelete)
        {
            Description = "Erases a contact for good, with its messages, comments and files, as data protection asks. Cannot be undone.",
            Data = PrivacyWire.Receipt(),
            ExampleId = 3,
        });
        api.MapGet(PathOfOne + "/export", ExportAsync).Describe(new("exportContact", "Export contact", Permissions.ContactsRead)
        {
            Description = "Downloads everything that is stored about a contact as one archive.",
            File = PersonArchive.ContentType,
        });
        api.MapDelete(PathOfOne, DeleteAsync).Describe(new("deleteContact", "Delete contact", Permissions.ContactsDelete)
        {
            Description = "Deletes a contact. Its messages stay, and staff can restore it from the trash for a while.",
            HasETag = true,
            ExampleId = 2,
        });
    }

    // The number stands in the path.
    private static JsonObject PutExample()
    {
        var example = ContactBody.Example();
        example.Remove(ContactFieldNames.Phone);
        return example;
    }

    private static async Task<IResult> ListAsync(ListRequest list, ContactQueries contacts, CancellationToken cancellationToken)
    {
        var query = new ContactQuery
        {
            Page = list.Page,
            Sort = list.Sort,
            Search = list.Search,
            Filters = list.Filters,
            Includes = ContactWire.IncludesOf(list.Fields),
        };
        var page = await contacts.ListAsync(query, cancellationToken);
        return page.Answer(value => new PageAnswer<ContactDetails>(
            "Contacts retrieved successfully", value, ContactWire.Shape, list.Fields));
    }

    private static async Task<IResult> GetAsync(
        string id, FieldSelection selection, HttpRequest request, ContactQueries contacts, CancellationToken cancellationToken)
    {
        var includes = ContactWire.IncludesOf(selection.Fields);
        var found = await contacts.GetAsync(RouteId.Read(id), includes, cancellationToken);
        if (!found.Succeeded)
        {
            return Problem.From(found.Error);
        }

        // The contact's version does not change when a group is renamed, so an answer with includes is never a 304.
        var etag = ApiAnswer.TagOf(found.Value.Version);
        return includes == ContactIncludes.None && IfMatch.NoneMatches(request.Headers, etag)
            ? new NotModifiedAnswer(etag)
            : new ItemAnswer<ContactDetails>(
                "Contact retrieved successfully", found.Value, ContactWire.Shape, selection.Fields)
            { ETag = etag };
    }

    private static Task<IResult> CreateAsync(Body<ContactPatch> body, ContactService contacts, CancellationToken cancellationToken) =>
        contacts.CreateAsync(body.Value, cancellationToken)
            .AnswerAsync(created => new ItemAnswer<ContactDetails>(
                "Contact created successfully", created, ContactWire.Shape, Whole, StatusCodes.Status201Created)
            {
                ETag = ApiAnswer.TagOf(created.Version),
                Location = V2Routes.LocationOf(Path, created.Id),
            });

    private static Task<IResult> UpdateAsync(
        string id, Body<ContactPatch> body, IfMatch condition, ContactService contacts, CancellationToken cancellationToken) =>
        contacts.UpdateAsync(RouteId.Read(id), body.Value, condition.Versions, cancellationToken)
            .AnswerAsync(updated => new ItemAnswer<ContactDetails>("Contact updated successfully", updated, ContactWire.Shape, Whole)
            {
                ETag = ApiAnswer.TagOf(updated.Version),
            });

    private static async Task<IResult> PutAsync(
        string phone, Body<ContactPatch> body, IfMatch condition, ContactService contacts, CancellationToken cancellationToken)
    {
        var written = await contacts.PutAsync(phone, body.Value, condition.Versions, cancellationToken);
        if (!written.Succeeded)
        {
            return Problem.From(written.Error);
        }

        var (contact, isNew) = written.Value;
        return new ItemAnswer<ContactDetails>(
            isNew ? "Contact created successfully" : "Contact updated successfully", contact, ContactWire.Shape, Whole,
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
        {
            ETag = ApiAnswer.TagOf(contact.Version),
            Location = isNew ? V2Routes.LocationOf(Path, contact.Id) : null,
        };
    }

    private static Task<IResult> HistoryAsync(string id, ListRequest list, ContactHistory history,
        CancellationToken cancellationToken) =>
        history.PageAsync(RouteId.Read(id), list.Page, list.Sort is [{ Descending: false }, ..], cancellationToken)
            .AnswerAsync(page => new PageAnswer<HistoryEntry>(
                "Contact history retrieved successfully", page, ContactHistoryWire.Shape, list.Fields));

    private static Task<IResult> EraseAsync(string id, PersonErasure erasure, CancellationToken cancellationToken) =>
        erasure.EraseAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(erased => new ObjectAnswer("Contact erased successfully", json => PrivacyWire.Write(json, erased)));

    private static Task<IResult> ExportAsync(string id, PersonExport export, CancellationToken cancellationToken) =>
        export.ExportAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(archive => Results.Stream(archive.Content, PersonArchive.ContentType, archive.FileName));

    private static Task<IResult> DeleteAsync(
        string id, IfMatch condition, ContactService contacts, CancellationToken cancellationToken) =>
        contacts.DeleteAsync(RouteId.Read(id), condition.Versions, cancellationToken)
            .AnswerAsync(_ => new EmptyAnswer("Contact deleted successfully"));
}
