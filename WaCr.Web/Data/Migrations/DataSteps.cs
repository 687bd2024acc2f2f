using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data.Migrations;

/// <summary>What rows need when the schema changes under them. Written by hand; the working migration ends with it.</summary>
internal static class DataSteps
{
    public static void MoveData(this MigrationBuilder migration)
    {
        GiveConsentKeys(migration);
        LeaveInvitedUnconfirmed(migration);
        TimeDeadEvents(migration);
        LimitApiCalls(migration);
        ClaimTestedNumbers(migration);
        CorrectTemplateStatuses(migration);
        if (migration.IsSqlite())
        {
            migration.RenewMessageSearch(); // the index holds folded text since
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
}
