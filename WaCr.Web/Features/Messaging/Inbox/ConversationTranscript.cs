using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>One message of a transcript.</summary>
/// <param name="Author">Who wrote it in the workspace; null for the contact, and for what nobody wrote by hand.</param>
/// <param name="Content">JSON in WhatsApp's format for a message without text; otherwise null.</param>
public sealed record TranscriptLine(
    DateTimeOffset At, bool IsOurs, string? Author, MessageType Type, string Text, string? Content, string? FileName)
{
    public override string ToString() => nameof(TranscriptLine);
}

/// <param name="Lines">Oldest first.</param>
/// <param name="IsWhole">False if older messages were left out.</param>
public sealed record Transcript(string ContactName, IReadOnlyList<TranscriptLine> Lines, bool IsWhole);

/// <summary>What was said in a conversation, for copying. Internal comments are left out.</summary>
public sealed class ConversationTranscript(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <summary>The newest messages; a copy of all of a long conversation would fill the browser's memory.</summary>
    public const int MaxLines = 1000;

    private static readonly OutboxState[] Unsaid =
        [OutboxState.Waiting, OutboxState.Cancelled, OutboxState.Held, OutboxState.HeldByWhatsApp, OutboxState.Dead];

    public async Task<Result<Transcript>> ReadAsync(long conversationId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var contactId = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.ContactId)
            .SingleOrDefaultAsync(cancellationToken);
        if (contactId is null)
        {
            return InboxErrors.NotFound;
        }

        var name = await db.Contacts.Where(c => c.Id == contactId).Select(c => c.FirstName + " " + c.LastName)
            .SingleOrDefaultAsync(cancellationToken);
        var rows = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversationId && m.RevokedAt == null && m.Type != MessageType.Reaction
                && (m.State == null || !Unsaid.Contains(m.State.Value)) && m.Status != MessageStatus.Failed)
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(MaxLines + 1)
            .Select(m => new
            {
                m.Id,
                m.CreatedAt,
                m.Direction,
                m.Type,
                m.Text,
                Content = m.Text == "" ? m.Content : null,
                Author = db.Users.Where(user => user.Id == m.StaffId).Select(user => user.Name).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var page = rows.GetRange(0, Math.Min(MaxLines, rows.Count));
        page.Reverse();
        var names = await FileNamesAsync(db, page.ConvertAll(row => row.Id), cancellationToken);
        return new Transcript(
            (name ?? "").Trim(),
            page.ConvertAll(m => new TranscriptLine(
                m.CreatedAt, m.Direction == MessageDirection.Outbound, m.Author, m.Type, m.Text, m.Content, names.GetValueOrDefault(m.Id))),
            rows.Count <= MaxLines);
    }

    private static Task<Dictionary<long, string>> FileNamesAsync(AppDbContext db, List<long> ids, CancellationToken cancellationToken) =>
        db.MessageMedia.Where(media => ids.Contains(media.MessageId) && media.FileName != null)
            .ToDictionaryAsync(media => media.MessageId, media => media.FileName!, cancellationToken);
}
