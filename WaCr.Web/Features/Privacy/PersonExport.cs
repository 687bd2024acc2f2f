using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Features.Privacy;

/// <summary>
/// Exports everything about a contact as a ZIP: fields, history, conversations with comments and files, webhook data. Messages and comments
/// only if the caller may read them.
/// </summary>
public sealed class PersonExport(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, FileStore store, SecurityEvents security)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <param name="contactId">In the list or in the trash.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<Result<PersonArchive>> ExportAsync(long contactId, CancellationToken cancellationToken)
    {
        // A token needs its scopes; a user needs the permission to export contacts.
        var isPerson = tenant.Actor.Kind == ActorKind.User;
        if ((tenant.Require(Permissions.ContactsRead) ?? (isPerson ? tenant.Require(Permissions.ContactsExport) : null)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, contactId, cancellationToken) is not { } contact)
        {
            return ContactErrors.NotFound;
        }

        await security.RecordAsync(AuditAction.Exported, AuditEntry.ContactType, contactId);
        var content = store.OpenDraft();
        try
        {
            await WriteAsync(db, contact, content, cancellationToken);
            content.Position = 0;
            return new PersonArchive(content, string.Create(CultureInfo.InvariantCulture, $"contact-{contactId}.zip"));
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private static async Task<Contact?> FindAsync(AppDbContext db, long id, CancellationToken cancellationToken) =>
        await db.Contacts.AsNoTracking().Include(c => c.Groups).SingleOrDefaultAsync(c => c.Id == id, cancellationToken)
        ?? (await db.DeletedContacts.Where(c => c.Id == id).Select(c => c.Snapshot).SingleOrDefaultAsync(cancellationToken) is { } snapshot
            ? ContactSnapshot.Read(snapshot, db)
            : null);

    private async Task WriteAsync(AppDbContext db, Contact contact, Stream target, CancellationToken cancellationToken)
    {
        var traces = await PersonTraces.LoadAsync(db, [contact.Id]);
        var people = traces.Contacts.ToList();
        await using var zip = await ZipArchive.CreateAsync(
            target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var fields = await FieldsAsync(db, contact, cancellationToken);
        await AddAsync(zip, "contact.json", new
        {
            fields,
            username = contact.Username,
            whatsapp = await db.ChannelIdentities.Where(i => people.Contains(i.ContactId))
                .Select(i => new { i.ChannelId, i.WaId, i.UserId, i.ParentUserId, i.ProfileName, i.CreatedAt, i.LastSeenAt })
                    .ToListAsync(cancellationToken),
            mergedContacts = people.Where(id => id != contact.Id),
        }, cancellationToken);
        await AddTableAsync(zip, "contact.csv", [fields.Keys, fields.Values.Select(Text)], cancellationToken);
        await AddAsync(zip, "history.json", await HistoryAsync(db, people, cancellationToken), cancellationToken);
        if (tenant.Actor.May(Permissions.MessagesRead))
        {
            await AddMessagesAsync(zip, db, people, traces, cancellationToken);
        }

        if (tenant.Actor.May(Permissions.CommentsRead))
        {
            var comments = await db.Comments.Where(comment =>
                db.Conversations.Any(c => c.Id == comment.ConversationId && people.Contains(c.ContactId)))
                .OrderBy(comment => comment.Id)
                .Select(comment =>
                    new
                    {
                        comment.Id,
                        comment.ConversationId,
                        comment.StaffId,
                        comment.CreatedAt,
                        comment.Text,
                        comment.FileName,
                        comment.Url,
                    })
                .ToListAsync(cancellationToken);
            await AddAsync(zip, "comments.json", comments, cancellationToken);
        }
    }

    private async Task AddMessagesAsync(
        ZipArchive zip, AppDbContext db, List<long> people, PersonTraces traces, CancellationToken cancellationToken)
    {
        var messages = await db.Messages.AsNoTracking()
            .Where(m => db.Conversations.Any(c => c.Id == m.ConversationId && people.Contains(c.ContactId)))
            .OrderBy(m => m.ConversationId).ThenBy(m => m.Id).ToListAsync(cancellationToken);
        await AddAsync(zip, "messages.json", messages.ConvertAll(m => new
        {
            m.Id,
            m.ConversationId,
            m.ChannelId,
            direction = Text(m.Direction),
            type = Text(m.Type),
            status = Text(m.Status),
            m.Wamid,
            m.ReplyToWamid,
            m.TemplateName,
            m.CampaignId,
            m.StaffId,
            m.CreatedAt,
            m.SentAt,
            m.DeliveredAt,
            m.ReadAt,
            m.Url,
            m.Text,
            content = m.Content is null ? null : JsonNode.Parse(m.Content),
        }), cancellationToken);
        await AddTableAsync(
            zip, "messages.csv",
            [
                ["id", "conversation_id", "direction", "type", "status", "created_at", "text"],
                .. messages.Select(m =>
                    new[]
                    {
                        Text(m.Id),
                        Text(m.ConversationId),
                        Text(m.Direction),
                        Text(m.Type),
                        Text(m.Status),
                        Text(m.CreatedAt),
                        m.Text,
                    }),
            ],
            cancellationToken);
        var ids = messages.ConvertAll(m => m.Id);
        await AddFilesAsync(zip, db, ids, people, cancellationToken);
        var events = new List<JsonNode?>();
        await foreach (var payload in db.WebhookEvents.OrderBy(e => e.Id).Select(e => e.Payload).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            if (traces.AreIn(System.Text.Encoding.UTF8.GetBytes(payload)))
            {
                events.Add(JsonNode.Parse(payload));
            }
        }

        await AddAsync(zip, "received.json", events, cancellationToken);
    }

    private async Task AddFilesAsync(
        ZipArchive zip, AppDbContext db, List<long> messages, List<long> people, CancellationToken cancellationToken)
    {
        var files = await db.MessageMedia.Where(media => media.MediaFileId != null && messages.Contains(media.MessageId))
            .Select(media => new { Of = "message", Id = media.MessageId, FileId = media.MediaFileId!.Value, media.FileName })
            .Concat(db.Comments
                .Where(comment => comment.MediaFileId != null
                    && db.Conversations.Any(c => c.Id == comment.ConversationId && people.Contains(c.ContactId)))
                .Select(comment => new { Of = "comment", comment.Id, FileId = comment.MediaFileId!.Value, comment.FileName }))
            .ToListAsync(cancellationToken);
        var known = files.ConvertAll(file => file.FileId);
        var kept = await db.MediaFiles.AsNoTracking()
            .Where(file => known.Contains(file.Id))
            .ToDictionaryAsync(file => file.Id, cancellationToken);
        foreach (var file in files)
        {
            await using var content = store.OpenRead(kept[file.FileId].Hash);
            if (content is not null)
            {
                var entry = zip.CreateEntry(
                    string.Create(CultureInfo.InvariantCulture, $"files/{file.Of}-{file.Id}{ExtensionOf(file.FileName)}"));
                await using var target = await entry.OpenAsync(cancellationToken);
                await content.CopyToAsync(target, cancellationToken);
            }
        }
    }

    // A sender's file name never becomes a path; only its extension is kept, to help programs open the file.
    private static string ExtensionOf(string? fileName) =>
        Path.GetExtension(fileName ?? "") is { Length: > 1 and <= 10 } extension
            && extension.AsSpan(1).IndexOfAnyExceptInRange('0', 'z') < 0
        && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : "";

    private static async Task<Dictionary<string, object?>> FieldsAsync(
        AppDbContext db, Contact contact, CancellationToken cancellationToken)
    {
        var groups = contact.Groups.ConvertAll(member => member.GroupId);
        var details = contact.ToDetails();
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = contact.Id };
        foreach (var text in ContactFields.All.OfType<ContactTextField>())
        {
            fields[text.Name] = text.Read(details);
        }

        fields["country"] = await db.Countries.Where(c => c.Id == contact.CountryId)
            .Select(c => c.Name)
            .SingleOrDefaultAsync(cancellationToken);
        fields["status"] = await db.Statuses.Where(s => s.Id == contact.StatusId)
            .Select(s => s.Name)
            .SingleOrDefaultAsync(cancellationToken);
        fields["source"] = await db.Sources.Where(s => s.Id == contact.SourceId)
            .Select(s => s.Name)
            .SingleOrDefaultAsync(cancellationToken);
        fields[ContactFieldNames.AssignedId] = contact.AssignedId;
        fields[ContactFieldNames.Groups] = await db.Groups.Where(g => groups.Contains(g.Id))
            .OrderBy(g => g.Id)
            .Select(g => g.Name)
            .ToListAsync(cancellationToken);
        fields[ContactFieldNames.IsOptedOut] = contact.IsOptedOut;
        fields[ContactFieldNames.ConsentMarketing] = contact.Consent.Marketing;
        fields[ContactFieldNames.ConsentService] = contact.Consent.Service;
        fields["created_at"] = contact.CreatedAt;
        fields["updated_at"] = contact.UpdatedAt;
        return fields;
    }

    private static async Task<object> HistoryAsync(AppDbContext db, List<long> people, CancellationToken cancellationToken)
    {
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.EntityType == AuditEntry.ContactType && people.Contains(entry.EntityId))
            .OrderBy(entry => entry.Id).ToListAsync(cancellationToken);
        return entries.ConvertAll(entry => new
        {
            contactId = entry.EntityId,
            entry.At,
            action = Text(entry.Action),
            by = entry.ActorName,
            via = Text(entry.ChangeOrigin),
            changes = JsonNode.Parse(entry.Changes),
        });
    }

    private static async Task AddAsync<T>(ZipArchive zip, string name, T content, CancellationToken cancellationToken)
    {
        await using var target = await zip.CreateEntry(name).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(target, content, Readable, cancellationToken);
    }

    private static async Task AddTableAsync(
        ZipArchive zip, string name, IEnumerable<IEnumerable<string?>> rows, CancellationToken cancellationToken)
    {
        await using var target = await zip.CreateEntry(name).OpenAsync(cancellationToken);
        await using var table = TableWriter.Open(TableFormat.Csv, target);
        foreach (var row in rows)
        {
            await table.WriteAsync(row);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        Enum word => word.ToString().ToLowerInvariant(),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IEnumerable<string> list => NameList.Write(list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
