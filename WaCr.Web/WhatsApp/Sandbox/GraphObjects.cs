using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary><c>/{id}</c>, where the id determines the kind of object.</summary>
internal sealed class GraphObjects(GraphAccess door, GraphMedia media, GraphTemplates templates)
{
    public GraphAnswer Get(string? token, string id, string? fields, string root) => door.Serve(new(token, "number", id), numbers =>
        GraphAccounts.FindNumber(id, fields, numbers)
        ?? GraphAccounts.FindAccount(id, fields, numbers)
        ?? templates.Find(id, fields, numbers)
        ?? media.Describe(id, numbers, root)
        ?? door.Refuse(Refusal.Unknown(id)));

    public GraphAnswer Edit(string? token, string id, JsonElement body) =>
        door.Serve(new(token, "templates"), numbers => templates.Edit(id, body, numbers) ?? door.Refuse(Refusal.Unknown(id)));

    public GraphAnswer Delete(string? token, string id) =>
        door.Serve(new(token, "media"), numbers => media.Delete(id, numbers) ?? door.Refuse(Refusal.Unknown(id)));
}
