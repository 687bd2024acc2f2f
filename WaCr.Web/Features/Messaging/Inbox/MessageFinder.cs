using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>A message found by a search.</summary>
/// <param name="ContactName">Empty if the contact is in the trash.</param>
public sealed record FoundMessage(long Id, long ConversationId, string ContactName, string Text, bool IsOurs, DateTimeOffset CreatedAt);

/// <param name="Total">At most <see cref="MessageQueries.MaxSearchTotal"/>.</param>
public sealed record FoundMessages(IReadOnlyList<FoundMessage> Items, long Total);

/// <summary>Searches message texts, for the conversation list.</summary>
public sealed class MessageFinder(MessageQueries messages, IDbContextFactory<AppDbContext> contexts)
{
    public const int Shown = 20;

    /// <summary>Shorter texts match too many messages.</summary>
    public const int ShortestPart = 3;

    /// <summary>Newest first.</summary>
    public async Task<Result<FoundMessages>> FindAsync(string part, CancellationToken cancellationToken)
    {
        var found = await messages.ListAsync(new MessageQuery { Search = part, Page = new PageRequest(1, Shown) }, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var ids = found.Value.Items.Select(message => message.ContactId).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await db.Contacts.AsNoTracking().Where(contact => ids.Contains(contact.Id))
            .Select(contact => new { contact.Id, contact.FirstName, contact.LastName })
                .ToDictionaryAsync(contact => contact.Id, cancellationToken);
        return new FoundMessages(
            [.. found.Value.Items.Select(message => new FoundMessage(
                message.Id, message.ConversationId,
                names.TryGetValue(message.ContactId, out var name) ? $"{name.FirstName} {name.LastName}".Trim() : "",
                message.Text, message.Direction == MessageDirection.Outbound, message.CreatedAt))],
            found.Value.Total);
    }
}
