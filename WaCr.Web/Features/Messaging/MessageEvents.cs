using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// Raises webhook events about messages. Called explicitly inside the write, because its statements bypass the change tracker.
/// </summary>
internal static class MessageEvents
{
    /// <param name="db">Context of the write.</param>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="id">Id of the message, already changed.</param>
    public static async Task NoteAsync(AppDbContext db, string type, long id)
    {
        if (await db.HasSubscriberAsync(type) && await MessageQueries.FindWithContentAsync(db, id) is { } message)
        {
            db.NoteEvent(type, id, message.ContactId, EventJson.WriteObject(json => MessageJson.WriteProperties(json, message)));
        }
    }
}
