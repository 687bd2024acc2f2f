using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Plans;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Demo;

/// <summary>Creates two months of messages between a demo tenant and its contacts, as webhooks and sends would have left them.</summary>
internal sealed class DemoConversations(FileStore files, TenantContext tenant, TimeProvider time)
{
    private const int Pictures = 6;
    private const int Invoices = 3;
    private const int Recent = 16;

    // Among the recent ones, so that they are seen.
    private const int HiddenAt = 12;
    private const int SeedOfTheirOwn = 7;
    private static readonly TimeSpan TwoMonths = TimeSpan.FromDays(60);
    private static readonly TimeSpan OlderThan = TimeSpan.FromDays(66);

    /// <summary>Runs before the write, because files are stored outside it.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<StoredFile>>> KeepFilesAsync(
        DemoTenant demo, CancellationToken cancellationToken) => new Dictionary<string, IReadOnlyList<StoredFile>>(StringComparer.Ordinal)
        {
            ["picture"] = await KeepAsync(Enumerable.Range(0, Pictures).Select(index => DemoFiles.Picture(demo.Seed + index)), cancellationToken),
            ["document"] = await KeepAsync(Enumerable.Range(0, Invoices).Select(index => DemoFiles.Invoice(4711 + index)), cancellationToken),
        };

    public async Task WriteAsync(
        AppDbContext db, DemoTenant demo, IReadOnlyList<Contact> contacts, IReadOnlyList<long> staff,
        IReadOnlyDictionary<string, IReadOnlyList<StoredFile>> kept)
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
            (new List<Conversation>(), new List<ChannelIdentity>(), new List<SpokenLine>(), new List<UsageWindow>(), new List<Comment>());
        foreach (var (index, contact) in chosen.Index())
        {
            var hidden = DemoHiddenPerson.Of(contact);
            var waId = hidden is null ? WaIds.Of(contact.PhoneKey) : null;
            var conversation = new Conversation
            {
                Id = conversationIds[index],
                TenantId = tenant.TenantId,
                ChannelId = channel,
                ContactId = contact.Id,
                WaId = waId,
                UserId = hidden?.UserIdIn(demo.Number.BusinessAccountId) ?? sandbox.User(demo.Number.BusinessAccountId, waId!),
                ContactPhoneKey = contact.PhoneKey,
                AssignedId = contact.AssignedId,
            };
            var country = contact.CountryId is { } id ? countries[id] : "US";
            var dialogues = contact.IsOptedOut
                ? [DemoDialogues.OptOut]
                : index % 31 == 7
                ? [DemoDialogues.Unreachable]
                : DemoDialogues.For(country, random);
            var said = Speak(conversation, contact, dialogues, EndOf(index, now, random), random, staff);
            DemoMessages.Count(said, windows);
            spoken.AddRange(said);
            conversations.Add(conversation);
            identities.Add(new ChannelIdentity
            {
                Id = identityIds[index],
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
            if (index % 8 == 3)
            {
                comments.Add(NoteOn(conversation, random, staff));
            }
        }

        // Ids increase with time, as in real data.
        spoken = [.. spoken.OrderBy(one => one.Message.CreatedAt)];
        var messageIds = await db.ReserveIdsAsync("Messages", spoken.Count, CancellationToken.None);
        var fileIds = await RecordAsync(db, kept);
        var media = new List<MessageMedia>();
        foreach (var (index, one) in spoken.Index())
        {
            one.Message.Id = messageIds[index];
            one.Message.Wamid = ids.Message(one.Conversation.WaId ?? DemoHiddenPerson.Of(one.Contact)!.WaId);
            one.Message.Nonce = random.Next(1, int.MaxValue);
            one.Conversation.LastMessageId = one.Message.Id;
            if (!one.IsUnread)
            {
                one.Conversation.ReadUpToId = one.Message.Id;
            }

            DemoMessages.Fill(one, templates, random);
            if (one.Line.File is { } kind)
            {
                media.Add(DemoMessages.FileOf(one, fileIds[kind][random.Next(fileIds[kind].Count)], kind));
            }
        }

        var priced = DemoMessages.Price(spoken, new DayCalendar(tenant.Tenant.TimeZone));
        await db.BulkInsertAsync(conversations);
        await db.BulkInsertAsync(identities);
        await db.BulkInsertAsync(spoken.ConvertAll(one => one.Message));
        await db.BulkInsertAsync(priced);
        await db.BulkInsertAsync(media);
        await db.BulkInsertAsync(windows);
        await CountAsync(db, windows);
        db.Comments.AddRange(comments);
        await db.SaveChangesAsync();
    }

    /// <summary>Contacts created before the two months, some of them opted out.</summary>
    private static List<Contact> Choose(DemoTenant demo, IReadOnlyList<Contact> contacts, DateTimeOffset now, Random random)
    {
        var old = contacts.Where(contact => contact.CreatedAt < now - OlderThan).ToArray();
        random.Shuffle(old);
        var leaving = old.Where(contact => contact.IsOptedOut).Take(demo.Conversations / 30).ToList();
        var hidden = old.Where(contact => !contact.HasPhone).ToList();
        var all = old.Where(contact => !contact.IsOptedOut && contact.HasPhone).Take(demo.Conversations - leaving.Count - hidden.Count)
            .ToList();
        all.InsertRange(Math.Min(all.Count, HiddenAt), hidden);
        foreach (var (index, contact) in leaving.Index())
        {
            all.Insert(Math.Min(all.Count, Recent + (index * 9)), contact);
        }

        return all;
    }

    /// <summary>The first few ended just now, the others within the two months, most of them recently.</summary>
    private static DateTimeOffset EndOf(int index, DateTimeOffset now, Random random) => index < Recent
        ? now.AddMinutes(-3 - (index * 67) - random.Next(30))
        : now.AddHours(-25).AddSeconds(-Math.Floor(Math.Pow(random.NextDouble(), 1.5) * (TwoMonths.TotalSeconds - (5 * 86_400))));

    private static List<SpokenLine> Speak(
        Conversation conversation, Contact contact, IReadOnlyList<IReadOnlyList<DemoLine>> dialogues, DateTimeOffset end, Random random,
        IReadOnlyList<long> staff)
    {
        var said = new List<SpokenLine>();
        var lines = dialogues[random.Next(dialogues.Count)];
        var lastFromCustomer = lines.Index().Last(line => line.Item.FromCustomer || lines.Count == 1).Index;
        var isUnread = !contact.IsOptedOut && lines.Count > 1 && random.Next(6) == 0;
        var earlier = contact.IsOptedOut || lines.Count == 1 ? 0 : random.Next(3);
        for (var episode = earlier; episode >= 0; episode--)
        {
            var spokenLines = episode > 0
                ? dialogues[random.Next(dialogues.Count)]
                : isUnread
                ? [.. lines.Take(lastFromCustomer + 1)]
                : lines;
            var at = end.AddDays(-episode * (2 + random.Next(4)));
            var steps = spokenLines.Select(_ => TimeSpan.FromSeconds(20 + random.Next(540))).ToList();
            at -= TimeSpan.FromSeconds(steps.Skip(1).Sum(step => step.TotalSeconds));
            var who = contact.AssignedId ?? staff[random.Next(staff.Count)];
            foreach (var (index, line) in spokenLines.Index())
            {
                at += index == 0 ? TimeSpan.Zero : steps[index];
                var endsUnread = episode == 0 && isUnread && line.FromCustomer && spokenLines.Skip(index).All(later => later.FromCustomer);
                said.Add(new SpokenLine(conversation, contact, line, endsUnread, DemoMessages.New(conversation, line, at, who, random)));
                conversation.LastMessageAt = at;
                conversation.LastInboundAt = line.FromCustomer ? at : conversation.LastInboundAt;
                conversation.WaitingSince = line.FromCustomer ? conversation.WaitingSince ?? at : null;
                conversation.UnreadCount += endsUnread ? 1 : 0;
            }
        }

        conversation.CreatedAt = said[0].Message.CreatedAt;
        conversation.UpdatedAt = conversation.LastMessageAt;
        if (lines.Count == 1)
        {
            DemoMessages.Fail(said[0].Message);
        }

        return said;
    }

    private Comment NoteOn(Conversation conversation, Random random, IReadOnlyList<long> staff)
    {
        string[] notes =
        [
            "Prefers to be called in the afternoon.",
            "Gave 5% off for the delay.",
            "Asks for an invoice each time.",
            "Knows our trade-fair offer, follow up next week.",
            "Speaks English and the local language."
        ];
        return new Comment
        {
            TenantId = tenant.TenantId,
            ConversationId = conversation.Id,
            Text = notes[random.Next(notes.Length)],
            StaffId = staff[random.Next(staff.Count)],
            CreatedAt = conversation.LastMessageAt,
        };
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

    private static async Task<Dictionary<string, IReadOnlyList<long>>> RecordAsync(
        AppDbContext db, IReadOnlyDictionary<string, IReadOnlyList<StoredFile>> kept)
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
}
