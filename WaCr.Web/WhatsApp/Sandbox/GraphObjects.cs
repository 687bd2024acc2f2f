using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary><c>/{id}</c>, where the id determines the kind of object.</summary>
internal sealed class GraphObjects(
    GraphAccess access, GraphMedia media, GraphTemplates templates, GraphTemplateChanges changes, GraphNumbers settings)
{
    public GraphAnswer Get(string? token, string id, string? fields, string root) => access.Serve(new(token, "number", id), numbers =>
        GraphAccounts.FindNumber(id, fields, numbers, settings.AutomationOf)
        ?? GraphAccounts.FindAccount(id, fields, numbers)
        ?? templates.Find(id, fields, numbers)
        ?? media.Describe(id, numbers, root)
        ?? access.Refuse(Refusal.Unknown(id)));

    public GraphAnswer Edit(string? token, string id, JsonElement body) => settings.Change(token, id, body) ??
        access.Serve(new(token, "templates"), numbers => changes.Edit(id, body, numbers) ?? access.Refuse(Refusal.Unknown(id)));

    public GraphAnswer Delete(string? token, string id) =>
        access.Serve(new(token, "media"), numbers => media.Delete(id, numbers) ?? access.Refuse(Refusal.Unknown(id)));
}
