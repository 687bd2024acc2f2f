using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Plans;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <summary>What a demo tenant and its customers wrote to each other in the last two months, as webhooks and sends would have left it.</summary>
internal sealed class DemoConversations(FileStore files, TenantContext tenant, TimeProvider time)
{
    private const int Pictures = 6;
    private const int Invoices = 3;
    private const int Recent = 16;
    private const int SeedOfTheirOwn = 7;
    private const int Unreachable = 131026;
    private static readonly TimeSpan TwoMonths = TimeSpan.FromDays(60);
    private static readonly TimeSpan OlderThan = TimeSpan.FromDays(66);

    /// <summary>Before the write: files are kept outside of it.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<StoredFile>>> KeepFilesAsync(DemoTenant demo, CancellationToken cancellationToken) => new Dictionary<string, IReadOnlyList<StoredFile>>(StringComparer.Ordinal)
    {
        ["picture"] = await KeepAsync(Enumerable.Range(0, Pictures).Select(at => DemoFiles.Picture(demo.Seed + at)), cancellationToken),
        ["document"] = await KeepAsync(Enumerable.Range(0, Invoices).Select(at => DemoFiles.Invoice(4711 + at)), cancellationToken),
    };

    public async Task WriteAsync(
        AppDbContext db, DemoTenant demo, IReadOnlyList<Contact> contacts, IReadOnlyList<long> staff, IReadOnlyDictionary<string, IReadOnlyList<StoredFile>> kept)
    {
        var random = new Random(demo.Seed + SeedOfTheirOwn);
        var now = time.UtcNowInSeconds();
        var channel = await db.Channels.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        var templates = await db.Templates.AsNoTracking().ToListAsync();
        var countries = Country.Shipped.ToDictionary(country => country.Id, country => country.Code);
        var chosen = Choose(demo, contacts, now, random);
        var conversationIds = await db.ReserveIdsAsync("Conversations", chosen.Count, CancellationToken.None);
        var identityIds = await db.ReserveIdsAsync("ChannelIdentities", chosen.Count, CancellationToken.None);
        var ids = new SandboxIds(demo.Seed);
        var sandbox = new SandboxIds(new SandboxOptions().Seed);
        var (conversations, identities, spoken, windows, comments) =
            (new List<Conversation>(), new List<ChannelIdentity>(), new List<Spoken>(), new List<UsageWindow>(), new List<Comment>());
        foreach (var (at, contact) in chosen.Index())
        {
            var waId = WaIds.Of(contact.PhoneKey);
            var conversation = new Conversation
            {
                Id = conversationIds[at],
                TenantId = tenant.TenantId,
                ChannelId = channel,
                ContactId = contact.Id,
                WaId = waId,
                UserId = sandbox.User(demo.Number.BusinessAccountId, waId),
                ContactPhoneKey = contact.PhoneKey,
                AssignedId = contact.AssignedId,
            };
            var country = contact.CountryId is { } id ? countries[id] : "US";
            var dialogues = contact.IsOptedOut ? [DemoDialogues.OptOut] : at % 31 == 7 ? [DemoDialogues.Unreachable] : DemoDialogues.For(country, random);
            var said = Speak(conversation, contact, dialogues, EndOf(at, now, random), random, staff);
            Count(said, windows);
            spoken.AddRange(said);
            conversations.Add(conversation);
            identities.Add(new ChannelIdentity
            {
                Id = identityIds[at],
                TenantId = tenant.TenantId,
                ChannelId = channel,
                ContactId = contact.Id,
                WaId = waId,
                UserId = conversation.UserId,
                ContactPhoneKey = contact.PhoneKey,
                ProfileName = contact.FirstName,
                CreatedAt = conversation.CreatedAt,
                LastSeenAt = conversation.LastMessageAt,
            });
            if (at % 8 == 3)
            {
                comments.Add(NoteOn(conversation, random, staff));
            }
        }

        // Ids rise with time, as they do in life.
        spoken = [.. spoken.OrderBy(one => one.Message.CreatedAt)];
        var messageIds = await db.ReserveIdsAsync("Messages", spoken.Count, CancellationToken.None);
        var fileIds = await RecordAsync(db, kept);
        var media = new List<MessageMedia>();
        foreach (var (at, one) in spoken.Index())
        {
            one.Message.Id = messageIds[at];
            one.Message.Wamid = ids.Message(one.Conversation.WaId!);
            one.Message.Nonce = random.Next(1, int.MaxValue);
            one.Conversation.LastMessageId = one.Message.Id;
            if (!one.IsUnread)
            {
                one.Conversation.ReadUpToId = one.Message.Id;
            }

            Fill(one, templates, demo, random);
            if (one.Line.File is { } kind)
            {
                media.Add(FileOf(one, fileIds[kind][random.Next(fileIds[kind].Count)], kind));
            }
        }

        await db.BulkInsertAsync(conversations);
        await db.BulkInsertAsync(identities);
        await db.BulkInsertAsync(spoken.ConvertAll(one => one.Message));
        await db.BulkInsertAsync(media);
        await db.BulkInsertAsync(windows);
        await CountAsync(db, windows);
        db.Comments.AddRange(comments);
        await db.SaveChangesAsync();
    }

    /// <summary>People who were there before the two months began; some of those who want no more messages are among them.</summary>
    private static List<Contact> Choose(DemoTenant demo, IReadOnlyList<Contact> contacts, DateTimeOffset now, Random random)
    {
        var old = contacts.Where(contact => contact.CreatedAt < now - OlderThan).ToArray();
        random.Shuffle(old);
        var leaving = old.Where(contact => contact.IsOptedOut).Take(demo.Conversations / 30).ToList();
        var all = old.Where(contact => !contact.IsOptedOut).Take(demo.Conversations - leaving.Count).ToList();
        foreach (var (at, contact) in leaving.Index())
        {
            all.Insert(Math.Min(all.Count, Recent + (at * 9)), contact);
        }

        return all;
    }

    /// <summary>The first few were just now, the others some time in the two months, most of them lately.</summary>
    private static DateTimeOffset EndOf(int at, DateTimeOffset now, Random random) => at < Recent
        ? now.AddMinutes(-3 - (at * 67) - random.Next(30))
        : now.AddHours(-25).AddSeconds(-Math.Floor(Math.Pow(random.NextDouble(), 1.5) * (TwoMonths.TotalSeconds - (5 * 86_400))));

    private List<Spoken> Speak(
        Conversation conversation, Contact contact, IReadOnlyList<IReadOnlyList<DemoLine>> dialogues, DateTimeOffset end, Random random, IReadOnlyList<long> staff)
    {
        var said = new List<Spoken>();
        var lines = dialogues[random.Next(dialogues.Count)];
        var lastFromCustomer = lines.Index().Last(line => line.Item.FromCustomer || lines.Count == 1).Index;
        var isUnread = !contact.IsOptedOut && lines.Count > 1 && random.Next(6) == 0;
        var earlier = contact.IsOptedOut || lines.Count == 1 ? 0 : random.Next(3);
        for (var episode = earlier; episode >= 0; episode--)
        {
            var spokenLines = episode > 0 ? dialogues[random.Next(dialogues.Count)] : isUnread ? [.. lines.Take(lastFromCustomer + 1)] : lines;
            var at = end.AddDays(-episode * (2 + random.Next(4)));
            var steps = spokenLines.Select(_ => TimeSpan.FromSeconds(20 + random.Next(540))).ToList();
            at -= TimeSpan.FromSeconds(steps.Skip(1).Sum(step => step.TotalSeconds));
            var who = contact.AssignedId ?? staff[random.Next(staff.Count)];
            foreach (var (index, line) in spokenLines.Index())
            {
                at += index == 0 ? TimeSpan.Zero : steps[index];
                var endsUnread = episode == 0 && isUnread && line.FromCustomer && spokenLines.Skip(index).All(later => later.FromCustomer);
                said.Add(new Spoken(conversation, contact, line, endsUnread, NewMessage(conversation, line, at, who, random)));
                conversation.LastMessageAt = at;
                conversation.LastInboundAt = line.FromCustomer ? at : conversation.LastInboundAt;
                conversation.UnreadCount += endsUnread ? 1 : 0;
            }
        }

        conversation.CreatedAt = said[0].Message.CreatedAt;
        conversation.UpdatedAt = conversation.LastMessageAt;
        if (lines.Count == 1)
        {
            Fail(said[0].Message);
        }

        return said;
    }

    private Message NewMessage(Conversation conversation, DemoLine line, DateTimeOffset at, long who, Random random)
    {
        var message = new Message
        {
            TenantId = tenant.TenantId,
            ConversationId = conversation.Id,
            ChannelId = conversation.ChannelId,
            ContactId = conversation.ContactId,
            Direction = line.FromCustomer ? MessageDirection.Inbound : MessageDirection.Outbound,
            Type = line.Template is not null ? MessageType.Template
                : line.File is { } file ? file == "picture" ? MessageType.Image : MessageType.Document
                : MessageType.Text,
            Status = MessageStatus.Delivered,
            SentAt = at,
            CreatedAt = at,
            UpdatedAt = at,
        };
        if (!line.FromCustomer)
        {
            message.State = OutboxState.Sent;
            message.Attempts = 1;
            message.StaffId = line.Template is null ? who : null;
            message.DeliveredAt = message.UpdatedAt = at.AddSeconds(1 + random.Next(4));
            if (random.Next(5) > 0)
            {
                message.Status = MessageStatus.Read;
                message.ReadAt = message.UpdatedAt = message.DeliveredAt.Value.AddSeconds(4 + random.Next(12));
            }
        }

        return message;
    }

    private static void Fail(Message message)
    {
        message.Status = MessageStatus.Failed;
        message.State = OutboxState.Dead;
        message.ErrorCode = Unreachable;
        message.Error = RefusalTitles.DetailsOf(Unreachable);
        message.FailedAt = message.UpdatedAt;
        message.DeliveredAt = message.ReadAt = null;
    }

    /// <summary>What was said, once it is known to whom and with which template.</summary>
    private static void Fill(Spoken one, IReadOnlyList<Template> templates, DemoTenant demo, Random random)
    {
        var (message, contact) = (one.Message, one.Contact);
        if (one.Line.Template is { } name)
        {
            var template = templates.First(t => t.Name == name);
            var values = template.ParameterFormat == "NAMED"
                ? new Dictionary<string, string>(StringComparer.Ordinal) { ["first_name"] = contact.FirstName, ["day"] = "Thursday", ["time"] = "10" }
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = contact.FirstName, ["2"] = name == "seasonal_offer" ? "20%" : string.Create(CultureInfo.InvariantCulture, $"{1 + random.Next(6)} items") };
            (message.TemplateName, message.TemplateLanguage) = (template.Name, template.Language);
            message.Text = TemplateShape.Fill(template.Body, values.GetValueOrDefault);
            message.PriceCategory = template.Category.ToLowerInvariant();
            message.IsBillable = true;
            message.Content = StoredContent.Of(new TemplateContent(
                template.Name, template.Language, Body: [.. TemplateShape.VariablesOf(template.Body).Select(variable => new TemplateText(values[variable], template.ParameterFormat == "NAMED" ? variable : null))])).Json;
            return;
        }

        message.Text = one.Line.Text.Replace("{name}", contact.FirstName, StringComparison.Ordinal);
        if (message.Direction == MessageDirection.Inbound && one.Line.File is null)
        {
            message.Content = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = message.Text } }.ToJsonString();
        }
        else if (message.Direction == MessageDirection.Outbound)
        {
            message.PriceCategory = "service";
            message.IsBillable = false;
        }
    }

    private static MessageMedia FileOf(Spoken one, long fileId, string kind)
    {
        var (type, contentType, fileName) = kind == "picture" ? ("image", "image/png", (string?)null) : ("document", "application/pdf", "invoice.pdf");
        var content = new JsonObject { ["mime_type"] = contentType };
        if (one.Message.Text.Length > 0)
        {
            content["caption"] = one.Message.Text;
        }

        if (fileName is not null)
        {
            content["filename"] = fileName;
        }

        one.Message.Content = new JsonObject { ["type"] = type, [type] = content }.ToJsonString();
        return new MessageMedia
        {
            TenantId = one.Message.TenantId,
            MessageId = one.Message.Id,
            MediaFileId = fileId,
            State = MediaState.Stored,
            FileName = fileName,
            ClaimedContentType = contentType,
        };
    }

    private Comment NoteOn(Conversation conversation, Random random, IReadOnlyList<long> staff)
    {
        string[] notes = ["Prefers to be called in the afternoon.", "Gave 5% off for the delay.", "Asks for an invoice each time.", "Knows our trade-fair offer, follow up next week.", "Speaks English and the local language."];
        return new Comment
        {
            TenantId = tenant.TenantId,
            ConversationId = conversation.Id,
            Text = notes[random.Next(notes.Length)],
            StaffId = staff[random.Next(staff.Count)],
            CreatedAt = conversation.LastMessageAt,
        };
    }

    /// <summary>24 hours from the first message of ours count as one conversation; what failed counts nothing.</summary>
    private static void Count(List<Spoken> said, List<UsageWindow> windows)
    {
        UsageWindow? window = null;
        foreach (var message in said.Select(one => one.Message).Where(message => message is { Direction: MessageDirection.Outbound, Status: not MessageStatus.Failed }))
        {
            if (window is null || message.CreatedAt >= window.OpenedAt + UsageWindow.Length)
            {
                window = new UsageWindow
                {
                    TenantId = message.TenantId,
                    ContactId = message.ContactId,
                    OpenedAt = message.CreatedAt,
                    Period = UsageGate.PeriodOf(Metric.Conversations, message.CreatedAt),
                };
                windows.Add(window);
            }

            window.Messages++;
            message.UsageWindowOpenedAt = window.OpenedAt;
        }

        if (window is not null)
        {
            window.IsLatest = true;
        }
    }

    private static async Task CountAsync(AppDbContext db, List<UsageWindow> windows)
    {
        var counters = await db.UsageCounters.AsTracking().Where(counter => counter.Metric == Metric.Conversations).ToListAsync();
        foreach (var month in windows.GroupBy(window => window.Period, StringComparer.Ordinal))
        {
            var counter = counters.Find(known => known.Period == month.Key);
            if (counter is null)
            {
                counter = new UsageCounter { Metric = Metric.Conversations, Period = month.Key };
                db.UsageCounters.Add(counter);
            }

            counter.Value += month.Count();
        }
    }

    private async Task<IReadOnlyList<StoredFile>> KeepAsync(IEnumerable<byte[]> contents, CancellationToken cancellationToken)
    {
        var kept = new List<StoredFile>();
        foreach (var content in contents)
        {
            using var stream = new MemoryStream(content);
            kept.Add(await files.KeepAsync(stream, null, cancellationToken));
        }

        return kept;
    }

    private static async Task<Dictionary<string, IReadOnlyList<long>>> RecordAsync(AppDbContext db, IReadOnlyDictionary<string, IReadOnlyList<StoredFile>> kept)
    {
        var ids = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var (kind, stored) in kept)
        {
            var rows = new List<long>();
            foreach (var file in stored)
            {
                rows.Add(await FileStore.RecordAsync(db, file));
            }

            ids.Add(kind, rows);
        }

        return ids;
    }

    private sealed record Spoken(Conversation Conversation, Contact Contact, DemoLine Line, bool IsUnread, Message Message)
    {
        public override string ToString() => nameof(Spoken);
    }
}
