using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Domain;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Otp;
using WaCr.Web.Tenancy;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Bench;

/// <summary>
/// One tenant that is connected with the sandbox's first number, contacts whose window is open, many messages, codes to be verified, and
/// signed webhooks for the messages.
/// </summary>
internal static class ConversationFill
{
    private const int ChunkSize = 10_000;
    private const int Contacts = 50_000;

    // Every so many messages are of one person's: 5,000 of a million.
    private const int Talkative = 200;
    private const int Webhooks = 200_000;
    private const int Codes = 400_000;
    private const string Code = "482913";

    public static async Task RunAsync(int count, string folder)
    {
        await using var bench = await BenchServices.BuildAsync();
        var (statuses, sources, token) = await Fill.CreateTenantAsync(bench.Services);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), token);
        var number = SandboxNumber.Shipped[0];
        var channel = (await bench.Get<ChannelService>().SaveAsync(
            null,
            new ChannelPatch
            {
                Name = "Bench",
                PhoneNumberId = number.PhoneNumberId,
                BusinessAccountId = number.BusinessAccountId,
                AccessToken = number.AccessToken,
                AppSecret = number.AppSecret,
                DefaultStatusId = statuses[0],
                DefaultSourceId = sources[0],
            },
            CancellationToken.None)).OrThrow().Id;
        var tenantId = bench.Get<TenantContext>().TenantId;
        await WriteWebhooksAsync(Path.Combine(folder, "webhooks"), number);

        await using var db = await Fill.ConnectAsync(bench.Services, bench.Options);
        var started = Stopwatch.GetTimestamp();
        await AddPeopleAsync(db, tenantId, statuses[0], sources[0], channel, Path.Combine(folder, "phones"));
        await AddCodesAsync(db, tenantId);
        await AddMessagesAsync(db, tenantId, channel, count);
        await Console.Error.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} messages of {Contacts} people in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
    }

    private static async Task AddPeopleAsync(AppDbContext db, long tenantId, long statusId, long sourceId, long channelId, string phones)
    {
        var now = TimeProvider.System.UtcNowInSeconds();
        var contacts = Enumerable.Range(0, Contacts).Select(index =>
        {
            var contact = People.Create(index);
            (contact.Id, contact.TenantId, contact.StatusId, contact.SourceId) = (index + 1, tenantId, statusId, sourceId);
            contact.CreatedAt = contact.UpdatedAt = now;
            contact.Version = 1;
            return contact;
        }).ToList();
        var conversations = contacts.ConvertAll(contact => new Conversation
        {
            Id = contact.Id,
            TenantId = tenantId,
            ChannelId = channelId,
            ContactId = contact.Id,
            WaId = contact.PhoneKey,
            LastMessageAt = now,
            LastInboundAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        });
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.BulkInsertAsync(contacts);
        await db.BulkInsertAsync(conversations);
        await transaction.CommitAsync();
        await Indexes.NumberOnAsync(db, "Contacts");
        await Indexes.NumberOnAsync(db, "Conversations");
        await File.WriteAllLinesAsync(phones, contacts.Select(contact => contact.Phone));
    }

    // One for each number of +9171.
    private static async Task AddCodesAsync(AppDbContext db, long tenantId)
    {
        var now = TimeProvider.System.UtcNowInSeconds();
        var (salt, hash) = OneTimeCodeHash.Of(Code);
        foreach (var chunk in Enumerable.Range(1, Codes).Chunk(ChunkSize))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.BulkInsertAsync([.. chunk.Select(at => new OneTimeCode
            {
                Id = at,
                TenantId = tenantId,
                PhoneKey = string.Create(CultureInfo.InvariantCulture, $"9171{at:D8}"),
                Salt = salt,
                Hash = hash,
                CreatedAt = now,
                ExpiresAt = now.AddHours(6),
            })]);
            await transaction.CommitAsync();
        }

        await Indexes.NumberOnAsync(db, "OneTimeCodes");
    }

    private static async Task AddMessagesAsync(AppDbContext db, long tenantId, long channelId, int count)
    {
        var indexes = await Indexes.TakeDownAsync(db, "Messages");
        var now = TimeProvider.System.UtcNowInSeconds();
        foreach (var chunk in Enumerable.Range(1, count).Chunk(ChunkSize))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.BulkInsertAsync([.. chunk.Select(at => MessageOf(at, now.AddSeconds(-10.0 * (count - at))))]);
            await transaction.CommitAsync();
        }

        await indexes.PutBackAsync(db, null);
        await db.Database.ExecuteSqlRawAsync("""
            UPDATE "Conversations" SET "LastMessageId" = newest."Id", "LastMessageAt" = newest."At"
            FROM (SELECT "ConversationId", max("Id") AS "Id", max("CreatedAt") AS "At" FROM "Messages" GROUP BY "ConversationId") newest
            WHERE newest."ConversationId" = "Conversations"."Id"
            """);
        if (!db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlRawAsync(TextIndexSchema.FillOf(TextIndexTable.Messages));
        }

        Message MessageOf(int index, DateTimeOffset time)
        {
            var isOut = index % 3 != 0;
            var person = index % Talkative == 0 ? 1 : (index * 7919L % Contacts) + 1;
            return new Message
            {
                Id = index,
                TenantId = tenantId,
                ConversationId = person,
                ContactId = person,
                ChannelId = channelId,
                Direction = isOut ? MessageDirection.Outbound : MessageDirection.Inbound,
                Type = index % 10 == 0 ? MessageType.Template : MessageType.Text,
                Status = isOut ? MessageStatus.Sent : MessageStatus.Delivered,
                State = isOut ? OutboxState.Sent : null,
                Wamid = WamidOf(index),
                Nonce = index,
                SentAt = time,
                CreatedAt = time,
                UpdatedAt = time,
                Text = $"About order {index}: {(isOut ? "it is on its way" : "where is it?")}",
            };
        }
    }

    private static string WamidOf(int index) => $"wamid.bench.{index:D8}";

    // Each a delivery of another outgoing message.
    private static async Task WriteWebhooksAsync(string file, SandboxNumber number)
    {
        await using var lines = new StreamWriter(file);
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var index in Enumerable.Range(1, Webhooks).Where(index => index % 3 != 0))
        {
            var body = $$$"""
                {"object":"whatsapp_business_account","entry":[{"id":"{{{number.BusinessAccountId}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"{{{number.Phone}}}","phone_number_id":"{{{number.PhoneNumberId}}}"},"statuses":[{"id":"{{{WamidOf(index)}}}","status":"delivered","timestamp":"{{{time}}}","recipient_id":"919000000000","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"} }]}}]}]}
                """;
            await lines.WriteLineAsync($"{WebhookSignature.Of(Encoding.UTF8.GetBytes(body), number.AppSecret)} {body}");
        }
    }
}
