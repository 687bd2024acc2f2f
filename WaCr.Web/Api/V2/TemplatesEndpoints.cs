using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Templates;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Api.V2;

internal static class TemplatesEndpoints
{
    private const string Path = "/templates";
    private const string PathOfOne = Path + "/{id}";

    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAllAsync, new("listTemplates", "List templates", Permissions.TemplatesRead)
        {
            Description = "Lists the message templates that WhatsApp knows for this workspace.",
            List = TemplateWire.List,
        });
        api.MapPost(Path + "/sync", SyncAsync).Describe(new("syncTemplates", "Sync templates", Permissions.TemplatesSync)
        {
            Description = "Reads all templates from WhatsApp again, and says what was created, changed and removed.",
            Problems = [StatusCodes.Status422UnprocessableEntity],
            Data = Schemas.Object(
                ("synced", Schemas.Integer("Templates that WhatsApp has.", 42)),
                ("created", Schemas.Integer("New here.", 2)),
                ("updated", Schemas.Integer("Changed since the last time.", 1)),
                ("deleted", Schemas.Integer("No longer at WhatsApp, and so removed.", 0)),
                ("synced_at", Schemas.Time("When.")),
                ("skipped",
                 Schemas.ArrayOf(Schemas.Text("A name.", "order_update"), "Templates that could not be read; they stay as they were.")))
                .Required("synced", "created", "updated", "deleted", "synced_at", "skipped"),
        });
        api.MapRead(PathOfOne, GetAsync, new("getTemplate", "Retrieve template", Permissions.TemplatesRead)
        {
            Description = "Reads one template by WhatsApp's id, or by its id here.",
            Single = TemplateWire.List,
        });
        api.MapPost(Path, CreateAsync)
            .Reads(TemplateBody.Read)
            .Describe(new("createTemplate", "Create template", Permissions.TemplatesWrite)
            {
                Description =
                "Makes a template at WhatsApp, after its rules were checked here. WhatsApp reviews it: its decision comes as the event `template.updated`.",
                Body = TemplateBody.Schema(isNew: true),
                Example = TemplateBody.Example(isNew: true),
                Data = Schemas.RefTo(TemplateWire.Shape.Name),
                SuccessCode = StatusCodes.Status201Created,
                Problems = [StatusCodes.Status422UnprocessableEntity],
            });
        api.MapPatch(PathOfOne, UpdateAsync)
            .Reads(TemplateBody.Read)
            .Describe(new("updateTemplate", "Update template", Permissions.TemplatesWrite)
            {
                Description =
                "Changes category, components or time to deliver at WhatsApp; a new text is reviewed again. An approved template can be edited once a day and ten times in 30 days.",
                Body = TemplateBody.Schema(isNew: false),
                Example = TemplateBody.Example(isNew: false),
                Data = Schemas.RefTo(TemplateWire.Shape.Name),
                Problems = [StatusCodes.Status409Conflict],
            });
        api.MapDelete(PathOfOne, DeleteAsync).Describe(new("deleteTemplate", "Delete template", Permissions.TemplatesWrite)
        {
            Description = "Deletes this language of a template, at WhatsApp too.",
            Problems = [StatusCodes.Status422UnprocessableEntity],
        });
    }

    private static Task<IResult> ListAllAsync(ListRequest list, TemplateQueries templates, CancellationToken cancellationToken) =>
        ListAsync(list, TemplateWire.Shape, forCodes: false, "Templates retrieved successfully", templates, cancellationToken);

    /// <summary>Lists the templates for one-time codes, in the short form.</summary>
    public static Task<IResult> ListForCodesAsync(ListRequest list, TemplateQueries templates, CancellationToken cancellationToken) =>
        ListAsync(
            list, TemplateWire.ForCodes, forCodes: true, "Authentication templates retrieved successfully", templates, cancellationToken);

    private static async Task<IResult> ListAsync(
        ListRequest list, WireShape<TemplateDetails> shape, bool forCodes, string message, TemplateQueries templates,
        CancellationToken cancellationToken)
    {
        var query = new TemplateQuery
        {
            Page = list.Page,
            Sort = list.Sort,
            Search = list.Search,
            Filters = list.Filters,
            ForCodes = forCodes,
        };
        var page = await templates.ListAsync(query, cancellationToken);
        return page.Answer(value => new PageAnswer<TemplateDetails>(message, value, shape, list.Fields));
    }

    private static Task<IResult> GetAsync(
        string id, FieldSelection selection, TemplateQueries templates, CancellationToken cancellationToken) =>
        templates.GetAsync(id, cancellationToken)
            .AnswerAsync(found => new ItemAnswer<TemplateDetails>(
                "Template retrieved successfully", found, TemplateWire.Shape, selection.Fields));

    private static Task<IResult> CreateAsync(Body<TemplatePatch> body, TemplateService templates, CancellationToken cancellationToken) =>
        templates.CreateAsync(body.Value, cancellationToken)
            .AnswerAsync(created => new ItemAnswer<TemplateDetails>(
                "Template created successfully", created, TemplateWire.Shape, TemplateWire.Shape.Default,
                StatusCodes.Status201Created)
            {
                Location = V2Routes.LocationOf(Path, created.Id),
            });

    private static Task<IResult> UpdateAsync(
        string id, Body<TemplatePatch> body, TemplateService templates, CancellationToken cancellationToken) =>
        templates.UpdateAsync(id, body.Value, cancellationToken)
            .AnswerAsync(updated => new ItemAnswer<TemplateDetails>(
                "Template updated successfully", updated, TemplateWire.Shape, TemplateWire.Shape.Default));

    private static Task<IResult> DeleteAsync(string id, TemplateService templates, CancellationToken cancellationToken) =>
        templates.DeleteAsync(id, cancellationToken).AnswerAsync(_ => new EmptyAnswer("Template deleted successfully"));

    private static Task<IResult> SyncAsync(TemplateSync templates, CancellationToken cancellationToken) =>
        templates.RunAsync(cancellationToken)
            .AnswerAsync(synced => new ObjectAnswer("Templates synced successfully", json =>
            {
                json.WriteNumber("synced"u8, synced.Synced);
                json.WriteNumber("created"u8, synced.Created);
                json.WriteNumber("updated"u8, synced.Updated);
                json.WriteNumber("deleted"u8, synced.Deleted);
                json.WritePropertyName("synced_at"u8);
                json.WriteTime(synced.SyncedAt);
                json.WriteStartArray("skipped"u8);
                foreach (var name in synced.Skipped)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }));
}
