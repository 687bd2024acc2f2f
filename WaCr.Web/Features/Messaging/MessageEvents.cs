using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Messaging;

/// <summary>Tells other systems of messages; part of the write that changes them, whose statements go past the change tracker.</summary>
internal static class MessageEvents
{
    /// <param name="db">Of the write.</param>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="id">Of the message, as it is by now.</param>
    public static async Task NoteAsync(AppDbContext db, string type, long id)
    {
        if (await db.WantsAsync(type) && await MessageQueries.FindWithContentAsync(db, id) is { } message)
        {
            db.NoteEvent(type, id, message.ContactId, EventJson.WriteObject(json => MessageJson.WriteProperties(json, message)));
        }
    }
}
