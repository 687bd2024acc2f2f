using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Domain;

namespace WaCr.Web.Data.Migrations;

/// <summary>What rows need when the schema changes under them. Written by hand; the working migration ends with it.</summary>
internal static class DataSteps
{
    public static void MoveData(this MigrationBuilder migration)
    {
        GiveConsentKeys(migration);
        RememberOptedOut(migration);
        LeaveInvitedUnconfirmed(migration);
        TimeDeadEvents(migration);
        LimitApiCalls(migration);
        ClaimTestedNumbers(migration);
        CorrectTemplateStatuses(migration);
        GiveWorkItsTime(migration);
        CodeReasons(migration);
        FindWhoWaits(migration);
        ReadNumbers(migration);
        LeaveBroadcastsOutOfTheInbox(migration);
        if (migration.IsSqlite())
        {
            migration.RenewMessageSearch(); // the index holds folded text since
        }
        else
        {
            BoundPendingText(migration);
        }
    }

    // What was written since the last vacuum lies unsorted beside a text index, and each search reads all of it: by default up to 4 MB.
    private static void BoundPendingText(MigrationBuilder migration)
    {
        foreach (var index in new[] { "IX_Contacts_TenantId_SearchText", "IX_Messages_TenantId_Text" })
        {
            migration.Sql($"ALTER INDEX \"{index}\" SET (gin_pending_list_limit = 256)");
        }
    }

    // The shipped plans of installations that have them already; a plan of an operator's own says nothing of it.
    private static void LimitApiCalls(MigrationBuilder migration) => migration.Sql(
        "UPDATE \"Plans\" SET \"ApiCallsPerMinute\" = CASE \"Code\" WHEN 'free' THEN 120 WHEN 'starter' THEN 600 ELSE 6000 END "
            + "WHERE \"Code\" IN ('free', 'starter', 'business')");

    // What the hashes of wishes are keyed with. On PostgreSQL two random UUIDs are the strong source that needs no extension.
    private static void GiveConsentKeys(MigrationBuilder migration) => migration.Sql(
        migration.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL"
            ? "UPDATE \"Tenants\" SET \"ConsentKey\" = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())"
            : "UPDATE \"Tenants\" SET \"ConsentKey\" = randomblob(32)");

    // Whoever is opted out stays it when the contact is deleted, merged or made again; until now the contact alone said so.
    private static void RememberOptedOut(MigrationBuilder migration)
    {
        var isSqlite = migration.IsSqlite();
        if (!isSqlite)
        {
            migration.Sql(PostgresHash);
        }

        var (hash, inTrash) = isSqlite
            ? (SqliteConnections.ConsentHashFunction, "json_extract(\"Snapshot\", '$.IsOptedOut')")
            : ("pg_temp.consent_hash", "(\"Snapshot\"::json ->> 'IsOptedOut')::boolean");
        migration.Sql($"""
            INSERT INTO "ConsentRecords" ("TenantId", "SubjectHash", "Purpose", "IsOptedOut", "ChangeOrigin", "ActorKind", "ChangedAt")
            SELECT t."Id", {hash}(t."ConsentKey", said."Subject"), 0, (1 = 1), 0, 0, MAX(said."At")
            FROM (
              SELECT "TenantId", '0:' || "PhoneKey" AS "Subject", "UpdatedAt" AS "At" FROM "Contacts" WHERE "IsOptedOut" AND "PhoneKey" NOT LIKE '-%'
              UNION ALL
              SELECT "TenantId", '0:' || "PhoneKey", "DeletedAt" FROM "DeletedContacts" WHERE {inTrash} AND "PhoneKey" NOT LIKE '-%'
              UNION ALL
              SELECT c."TenantId", '1:' || i."UserId", c."UpdatedAt" FROM "ChannelIdentities" i
                JOIN "Contacts" c ON c."TenantId" = i."TenantId" AND c."Id" = i."ContactId" WHERE c."IsOptedOut" AND i."UserId" IS NOT NULL
            ) said JOIN "Tenants" t ON t."Id" = said."TenantId"
            WHERE said."Subject" <> '0:'
            GROUP BY t."Id", t."ConsentKey", said."Subject"
            """);
    }

    // HMAC-SHA256 by its definition, as ConsentSubject.HashWith makes it; PostgreSQL has SHA-256 alone without an extension.
    private const string PostgresHash = """
        CREATE FUNCTION pg_temp.consent_hash(key bytea, subject text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
          inside bytea := decode(repeat('36', 64), 'hex');
          outside bytea := decode(repeat('5c', 64), 'hex');
        BEGIN
          FOR i IN 0 .. length(key) - 1 LOOP
            inside := set_byte(inside, i, get_byte(key, i) # 54);
            outside := set_byte(outside, i, get_byte(key, i) # 92);
          END LOOP;
          RETURN encode(sha256(outside || sha256(inside || convert_to(subject, 'UTF8'))), 'base64');
        END $$
        """;

    // Of an account that came by an invitation nobody has shown that it belongs to whoever has the address: its maker saw the link, too.
    private static void LeaveInvitedUnconfirmed(MigrationBuilder migration) => migration.Sql("""
        UPDATE "Users" SET "EmailConfirmed" = (1 = 0)
        WHERE EXISTS (SELECT 1 FROM "Invitations" i WHERE i."AcceptedAt" IS NOT NULL AND UPPER(i."Email") = "Users"."NormalizedEmail")
        """);

    // Events that were given up have a time of it now, by which they are swept. 2 is Dead.
    private static void TimeDeadEvents(MigrationBuilder migration) =>
        migration.Sql("UPDATE \"WebhookEvents\" SET \"ProcessedAt\" = \"ReceivedAt\" WHERE \"State\" = 2 AND \"ProcessedAt\" IS NULL;");

    // WhatsApp told of these with the tenant's token; until now no two tenants could enter the same number.
    private static void ClaimTestedNumbers(MigrationBuilder migration) =>
        migration.Sql("UPDATE \"Channels\" SET \"ClaimedAt\" = \"UpdatedAt\" WHERE \"VerifiedName\" IS NOT NULL;");

    // Events that were taken for statuses: all of these templates may be sent.
    private static void CorrectTemplateStatuses(MigrationBuilder migration) => migration.Sql(
        "UPDATE \"Templates\" SET \"Status\" = 'APPROVED' WHERE \"Status\" IN ('REINSTATED', 'UNARCHIVED', 'UNPAUSED', 'FLAGGED', 'LOCKED');");

    // What is over is due no more, whatever its time says; 0 is running, or waiting. A number that was never asked for its templates is, now.
    private static void GiveWorkItsTime(MigrationBuilder migration) => migration.Sql("""
        UPDATE "WebhookEvents" SET "DueAt" = NULL WHERE "State" <> 0;
        UPDATE "BulkJobs" SET "DueAt" = CASE "State" WHEN 0 THEN "CreatedAt" END, "LeaseOwner" = NULL, "Attempts" = 0;
        UPDATE "Channels" SET "DueAt" = "UpdatedAt" WHERE "DueAt" IS NULL AND "AccessToken" IS NOT NULL AND "BusinessAccountId" IS NOT NULL;
        """);

    // Every connected number is read once a day; those from before, first of all.
    private static void ReadNumbers(MigrationBuilder migration) => migration.Sql("""
        INSERT INTO "ChannelHealths" ("TenantId", "ChannelId", "DueAt", "Attempts")
        SELECT "TenantId", "Id", "UpdatedAt", 0 FROM "Channels" WHERE "AccessToken" IS NOT NULL;
        """);

    // Our own reasons why a message was not sent are stored as codes; the states that can have one are Uncertain, Dead, Held and Waiting.
    private static void CodeReasons(MigrationBuilder migration) => migration.Sql("""
        UPDATE "Messages" SET "Error" = CASE "Error"
          WHEN 'More than 24 hours have passed since the customer''s last message; only a template may be sent.' THEN 'outbox.window_closed'
          WHEN 'The contact has opted out.' THEN 'outbox.opted_out'
          WHEN 'The contact was deleted.' THEN 'outbox.contact_gone'
          WHEN 'The contact has no number or WhatsApp id to send to.' THEN 'outbox.no_address'
          WHEN 'WhatsApp did not confirm whether the message was sent.' THEN 'outbox.unconfirmed'
          WHEN 'WhatsApp could not be reached.' THEN 'outbox.unreachable'
          ELSE "Error" END
        WHERE "Error" IS NOT NULL AND "ErrorCode" IS NULL AND "State" IS NOT NULL;
        """);

    // Who waits for an answer: the contact's first message since our last one that is no broadcast, no reaction and did not fail.
    private static void FindWhoWaits(MigrationBuilder migration) => migration.Sql($"""
        UPDATE "Conversations" SET "WaitingSince" = (
          SELECT MIN(m."CreatedAt") FROM "Messages" m
          WHERE m."TenantId" = "Conversations"."TenantId" AND m."ConversationId" = "Conversations"."Id" AND m."Direction" = {(int)MessageDirection.Inbound}
            AND m."Type" NOT IN ({(int)MessageType.Reaction}, {(int)MessageType.System}) AND NOT EXISTS (
              SELECT 1 FROM "Messages" o
              WHERE o."TenantId" = m."TenantId" AND o."ConversationId" = m."ConversationId" AND o."CreatedAt" >= m."CreatedAt"
                AND o."Direction" = {(int)MessageDirection.Outbound} AND o."CampaignId" IS NULL AND o."Type" <> {(int)MessageType.Reaction}
                AND o."Status" NOT IN ({(int)MessageStatus.Pending}, {(int)MessageStatus.Failed})))
        WHERE "LastInboundAt" IS NOT NULL;
        """);

    // Broadcasts moved their conversations up the list until now: the last message that is none counts.
    private static void LeaveBroadcastsOutOfTheInbox(MigrationBuilder migration)
    {
        const string own = """m."TenantId" = "Conversations"."TenantId" AND m."ConversationId" = "Conversations"."Id" """;
        const string last = $"""{own} AND m."CampaignId" IS NULL ORDER BY m."CreatedAt" DESC, m."Id" DESC LIMIT 1""";
        var never = migration.IsSqlite()
            ? Conversation.BroadcastsOnly.UtcTicks.ToString(CultureInfo.InvariantCulture)
            : $"to_timestamp({Conversation.BroadcastsOnly.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)})";
        migration.Sql($"""
            UPDATE "Conversations" SET
              "LastMessageId" = (SELECT m."Id" FROM "Messages" m WHERE {last}),
              "LastMessageAt" = COALESCE((SELECT m."CreatedAt" FROM "Messages" m WHERE {last}), {never})
            WHERE EXISTS (SELECT 1 FROM "Messages" m WHERE {own} AND m."CampaignId" IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM "Messages" m WHERE {own} AND m."Id" = "Conversations"."LastMessageId" AND m."CampaignId" IS NULL);
            """);
    }

    /// <summary>SQLite alone: EF would rebuild the table, outside the transaction of the migration.</summary>
    internal static void DropInPlace(this MigrationBuilder migration, string table, string column) =>
        migration.Sql($"ALTER TABLE \"{table}\" DROP COLUMN \"{column}\"");

    /// <summary>SQLite alone, for a whole number: a new column takes the values over. No index may hold the column.</summary>
    /// <inheritdoc cref="DropInPlace"/>
    internal static void AllowNullInPlace(this MigrationBuilder migration, string table, string column)
    {
        migration.Sql($"ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO \"Old{column}\"");
        migration.Sql($"ALTER TABLE \"{table}\" ADD COLUMN \"{column}\" INTEGER NULL");
        migration.Sql($"UPDATE \"{table}\" SET \"{column}\" = \"Old{column}\"");
        migration.DropInPlace(table, $"Old{column}");
    }
}
