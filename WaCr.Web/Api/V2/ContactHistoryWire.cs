using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Api.V2;

/// <summary>An entry of a contact's history on the wire.</summary>
internal static class ContactHistoryWire
{
    public const string CreatedAt = "created_at";

    // Indexed by ChangeOrigin.
    private static readonly string[] Origins = ["system", "app", "api", "command_line", "import", "bulk", "whatsapp"];

    // Indexed by ActorKind.
    private static readonly string[] Actors = ["system", "user", "token", "whatsapp", "job", "anonymous"];

    private static readonly WireShape<FieldChange> Change = new(
        "ContactChange",
        WireField.Text<FieldChange>("field", change => change.Field, "As the contact's field is named.", "city"),
        WireField.TextOrNull<FieldChange>("from", change => change.Before.Length == 0 ? null : change.Before, "As text, ids too; null for none.", "Baroda"),
        WireField.TextOrNull<FieldChange>("to", change => change.After.Length == 0 ? null : change.After, "As text, ids too; null for none.", "Goa"),
        WireField.Integers<FieldChange>("joined", change => change.Joined, "Groups that it joined; only of `groups`."),
        WireField.Integers<FieldChange>("left", change => change.Left, "Groups that it left; only of `groups`."));

    public static readonly WireShape<HistoryEntry> Shape = new(
        "ContactHistoryEntry",
        WireField.Id<HistoryEntry>(entry => entry.Id),
        WireField.Word<HistoryEntry>(
            "action", entry => WordOf(entry.Action), "What was done.", [.. Enum.GetValues<AuditAction>().Where(action => (int)action < 10).Select(WordOf)]),
        WireField.Word<HistoryEntry>("actor", entry => Actors[(int)entry.ActorKind], "Who did it; `whatsapp` is the contact's own doing.", Actors),
        WireField.TextOrNull<HistoryEntry>("actor_name", entry => entry.ActorName.Length == 0 ? null : entry.ActorName, "Name of the user or token.", "Devika Rao"),
        WireField.Word<HistoryEntry>("source", entry => Origins[(int)entry.ChangeOrigin], "From where it came.", Origins),
        WireField.Time<HistoryEntry>(CreatedAt, entry => entry.At, "When."),
        new(
            "changes",
            (json, entry) =>
            {
                json.WriteStartArray();
                foreach (var change in entry.Changes)
                {
                    Change.Write(json, change, Change.Default);
                }

                json.WriteEndArray();
            },
            Schemas.ArrayOf(Schemas.RefTo(Change.Name), "Each field before and after.")));

    public static readonly ListSpec List = new(Shape) { Sorts = [CreatedAt], HasSearch = false };

    /// <summary>What stands in an entry.</summary>
    public static IReadOnlyList<IWireShape> Parts => [Change];

    private static string WordOf(AuditAction action) => action.ToString().ToLowerInvariant();
}
