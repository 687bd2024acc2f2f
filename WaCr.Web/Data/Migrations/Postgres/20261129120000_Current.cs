using System;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Postgres;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace WaCr.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresAppDbContext))]
    [Migration("20261129120000_Current")]
    public partial class Current : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_WebhookEvents_TenantId_DueAt_Id", table: "WebhookEvents");
            migrationBuilder.DropIndex(name: "IX_MessageMedia_TenantId_DueAt_MessageId", table: "MessageMedia");
            migrationBuilder.DropIndex(name: "IX_Channels_PhoneNumberId", table: "Channels");
            migrationBuilder.DropIndex(name: "IX_BulkJobs_TenantId_State_LeaseEndsAt", table: "BulkJobs");
            migrationBuilder.DropColumn(name: "LeaseUntil", table: "MessageMedia");
            migrationBuilder.DropColumn(name: "LeaseEndsAt", table: "BulkJobs");
            migrationBuilder.RenameColumn(name: "Door", table: "DeletedContacts", newName: "ChangeOrigin");
            migrationBuilder.RenameColumn(name: "TemplatesDueAt", table: "Channels", newName: "MarketingTermsSignedAt");
            migrationBuilder.RenameColumn(name: "Door", table: "AuditEntries", newName: "ChangeOrigin");
            migrationBuilder.AlterColumn<DateTimeOffset>(name: "DueAt", table: "WebhookEvents", type: "timestamp with time zone", nullable: true,
                oldClrType: typeof(DateTimeOffset), oldType: "timestamp with time zone");
            migrationBuilder.AddColumn<Guid>(name: "LeaseOwner", table: "WebhookEvents", type: "uuid", nullable: true);
            migrationBuilder.AddColumn<int>(name: "AuditKeptDays", table: "Tenants", type: "integer", nullable: true);
            migrationBuilder.AddColumn<byte[]>(name: "ConsentKey", table: "Tenants", type: "bytea", maxLength: 32, nullable: false, defaultValue: new byte[0]);
            migrationBuilder.AddColumn<string>(name: "Language", table: "Tenants", type: "character varying(16)", maxLength: 16, nullable: true);
            migrationBuilder.AddColumn<string>(name: "EditTimes", table: "Templates", type: "character varying(400)", maxLength: 400, nullable: false, defaultValue: "");
            migrationBuilder.AddColumn<long>(name: "ApiCallsPerMinute", table: "Plans", type: "bigint", nullable: true);
            migrationBuilder.AddColumn<bool>(name: "IsHidden", table: "Notifications", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<bool>(name: "IsFromAd", table: "Messages", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<string>(name: "PricedCountry", table: "Messages", type: "character varying(2)", maxLength: 2, nullable: true);
            migrationBuilder.AddColumn<int>(name: "PricedOn", table: "Messages", type: "integer", nullable: true);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "StarredAt", table: "Messages", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Notes", table: "Imports", type: "text", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Reading", table: "Imports", type: "text", nullable: true);
            migrationBuilder.AddColumn<Guid>(name: "LeaseOwner", table: "IdempotentRequests", type: "uuid", nullable: false, defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));
            migrationBuilder.AddColumn<string>(name: "Outcome", table: "IdempotentRequests", type: "text", nullable: true);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "BlockedAt", table: "Conversations", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ContactPhoneKey", table: "Conversations", type: "character varying(20)", maxLength: 20, nullable: true);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "WaitingSince", table: "Conversations", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<bool>(name: "AgreesToMarketing", table: "Contacts", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "ConsentChangedAt", table: "Contacts", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Language", table: "Contacts", type: "character varying(35)", maxLength: 35, nullable: true);
            migrationBuilder.AddColumn<int>(name: "OptedOutOf", table: "Contacts", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<string>(name: "Username", table: "Contacts", type: "character varying(64)", maxLength: 64, nullable: true);
            migrationBuilder.AddColumn<long>(name: "AdSourceId", table: "Channels", type: "bigint", nullable: true);
            migrationBuilder.AddColumn<int>(name: "Attempts", table: "Channels", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "ClaimedAt", table: "Channels", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "DueAt", table: "Channels", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<Guid>(name: "LeaseOwner", table: "Channels", type: "uuid", nullable: true);
            migrationBuilder.AddColumn<string>(name: "MarketingStopReason", table: "Channels", type: "character varying(500)", maxLength: 500, nullable: true);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "MarketingStoppedAt", table: "Channels", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<bool>(name: "SendsReadReceipts", table: "Channels", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<string>(name: "ContactPhoneKey", table: "ChannelIdentities", type: "character varying(20)", maxLength: 20, nullable: true);
            migrationBuilder.AddColumn<string>(name: "ParentUserId", table: "ChannelIdentities", type: "character varying(160)", maxLength: 160, nullable: true);
            migrationBuilder.AddColumn<int>(name: "Attempts", table: "Campaigns", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<bool>(name: "UsesContactLanguage", table: "Campaigns", type: "boolean", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<int>(name: "Attempts", table: "BulkJobs", type: "integer", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "DueAt", table: "BulkJobs", type: "timestamp with time zone", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Address", table: "AuditEntries", type: "character varying(64)", maxLength: 64, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CountKey", table: "AuditEntries", type: "character varying(120)", maxLength: 120, nullable: true);
            migrationBuilder.AddColumn<int>(name: "Times", table: "AuditEntries", type: "integer", nullable: true);
            migrationBuilder.AddUniqueConstraint(name: "AK_Templates_TenantId_Id", table: "Templates", columns: new[] { "TenantId", "Id" });
            migrationBuilder.CreateTable(name: "AccountNotices", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: true),
                    Change = table.Column<int>(type: "integer", nullable: false),
                    AboutId = table.Column<long>(type: "bigint", nullable: true),
                    ChannelId = table.Column<long>(type: "bigint", nullable: true),
                    CampaignId = table.Column<long>(type: "bigint", nullable: true),
                    IsHidden = table.Column<bool>(type: "boolean", nullable: false),
                    Field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    Word = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table => {
                    table.PrimaryKey("PK_AccountNotices", x => x.Id);
                    table.ForeignKey(name: "FK_AccountNotices_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ChannelHealths", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    Quality = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    DailyLimit = table.Column<int>(type: "integer", nullable: true),
                    NumberStatus = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    NameStatus = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Throughput = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    PortfolioId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    TokenExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "uuid", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ChannelHealths", x => x.Id);
                    table.ForeignKey(name: "FK_ChannelHealths_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ChannelNotices", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    Field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Word = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Details = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    IsGood = table.Column<bool>(type: "boolean", nullable: false),
                    IsSerious = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DismissedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ChannelNotices", x => x.Id);
                    table.ForeignKey(name: "FK_ChannelNotices_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ConsentKeywordSets", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Stop = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Start = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ConsentKeywordSets", x => x.Id);
                    table.ForeignKey(name: "FK_ConsentKeywordSets_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "ConsentRecords", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    SubjectHash = table.Column<string>(type: "character varying(44)", maxLength: 44, nullable: false),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    IsOptedOut = table.Column<bool>(type: "boolean", nullable: false),
                    ChangeOrigin = table.Column<int>(type: "integer", nullable: false),
                    ActorKind = table.Column<int>(type: "integer", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Source = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Proof = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ConsentRecords", x => x.Id);
                    table.ForeignKey(name: "FK_ConsentRecords_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "GroupMessages", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    GroupId = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Wamid = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Direction = table.Column<int>(type: "integer", nullable: false),
                    Type = table.Column<int>(type: "integer", nullable: false),
                    SenderWaId = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    SenderUserId = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: true),
                    SenderName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    SentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EditedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Content = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table => {
                    table.PrimaryKey("PK_GroupMessages", x => x.Id);
                    table.ForeignKey(name: "FK_GroupMessages_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ImportFileParts", columns: table => new {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    ImportId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ImportFileParts", x => new { x.TenantId, x.ImportId, x.Number });
                    table.ForeignKey(name: "FK_ImportFileParts_Imports_TenantId_ImportId", columns: x => new { x.TenantId, x.ImportId }, principalTable: "Imports", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "OutgoingEvents", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ResourceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: true),
                    Nonce = table.Column<int>(type: "integer", nullable: false),
                    ChangeOrigin = table.Column<int>(type: "integer", nullable: false),
                    RequestId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    OccurredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Changes = table.Column<string>(type: "text", nullable: true),
                    Attributes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_OutgoingEvents", x => x.Id);
                    table.ForeignKey(name: "FK_OutgoingEvents_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "PricedMessages", columns: table => new {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<int>(type: "integer", nullable: false),
                    ChannelId = table.Column<long>(type: "bigint", nullable: false),
                    CampaignId = table.Column<long>(type: "bigint", nullable: false),
                    Category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    IsBillable = table.Column<bool>(type: "boolean", nullable: false),
                    Slot = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_PricedMessages", x => new { x.TenantId, x.Day, x.ChannelId, x.CampaignId, x.Category, x.Country, x.IsBillable, x.Slot });
                    table.ForeignKey(name: "FK_PricedMessages_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "PushSubscriptions", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Endpoint = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    EndpointHash = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    P256dh = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Auth = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Device = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_PushSubscriptions", x => x.Id);
                    table.UniqueConstraint("AK_PushSubscriptions_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_PushSubscriptions_Memberships_TenantId_UserId", columns: x => new { x.TenantId, x.UserId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "RateWindows", columns: table => new {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    TokenId = table.Column<long>(type: "bigint", nullable: false),
                    Minute = table.Column<long>(type: "bigint", nullable: false),
                    Leased = table.Column<int>(type: "integer", nullable: false),
                    Granted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_RateWindows", x => new { x.TenantId, x.TokenId });
                    table.ForeignKey(name: "FK_RateWindows_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "SavedPlaces", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Address = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Latitude = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    Longitude = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_SavedPlaces", x => x.Id);
                    table.ForeignKey(name: "FK_SavedPlaces_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ServerSecrets", columns: table => new {
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_ServerSecrets", x => x.Name);
                });
            migrationBuilder.CreateTable(name: "UnsavedTemplates", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    TemplateId = table.Column<long>(type: "bigint", nullable: true),
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    Design = table.Column<string>(type: "text", nullable: false),
                    KeptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_UnsavedTemplates", x => x.Id);
                    table.ForeignKey(name: "FK_UnsavedTemplates_Memberships_TenantId_UserId", columns: x => new { x.TenantId, x.UserId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_UnsavedTemplates_Templates_TenantId_TemplateId", columns: x => new { x.TenantId, x.TemplateId }, principalTable: "Templates", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UserSessions", columns: table => new {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Device = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table => {
                    table.PrimaryKey("PK_UserSessions", x => x.Id);
                    table.ForeignKey(name: "FK_UserSessions_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "WebhookDeliveries", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    WebhookId = table.Column<long>(type: "bigint", nullable: false),
                    EventId = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    LastStatus = table.Column<int>(type: "integer", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastAttemptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Log = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_WebhookDeliveries", x => x.Id);
                    table.ForeignKey(name: "FK_WebhookDeliveries_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Webhooks", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Url = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    Description = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Events = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    DisabledBecause = table.Column<int>(type: "integer", nullable: true),
                    Secret = table.Column<string>(type: "text", nullable: false),
                    OldSecret = table.Column<string>(type: "text", nullable: true),
                    OldSecretEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FailingSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastSuccessAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "uuid", nullable: true),
                    LeaseEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_Webhooks", x => x.Id);
                    table.ForeignKey(name: "FK_Webhooks_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "PushMessages", columns: table => new {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    SubscriptionId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: true),
                    SubjectId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "uuid", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table => {
                    table.PrimaryKey("PK_PushMessages", x => x.Id);
                    table.ForeignKey(name: "FK_PushMessages_PushSubscriptions_TenantId_SubscriptionId", columns: x => new { x.TenantId, x.SubscriptionId }, principalTable: "PushSubscriptions", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateIndex(name: "IX_WebhookEvents_TenantId_DueAt_Id", table: "WebhookEvents", columns: new[] { "TenantId", "DueAt", "Id" }, filter: "\"DueAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Messages_FromAd", table: "Messages", columns: new[] { "TenantId", "ContactId", "CreatedAt" }, filter: "\"IsFromAd\"");
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_StarredAt_Id", table: "Messages", columns: new[] { "TenantId", "StarredAt", "Id" }, filter: "\"StarredAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_MessageMedia_TenantId_DueAt_MessageId", table: "MessageMedia", columns: new[] { "TenantId", "DueAt", "MessageId" }, filter: "\"DueAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_DeletedContacts_TenantId_PhoneKey", table: "DeletedContacts", columns: new[] { "TenantId", "PhoneKey" });
            migrationBuilder.CreateIndex(name: "IX_Conversations_TenantId_WaitingSince_Id", table: "Conversations", columns: new[] { "TenantId", "WaitingSince", "Id" }, filter: "\"WaitingSince\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_Language_Id", table: "Contacts", columns: new[] { "TenantId", "Language", "Id" });
            migrationBuilder.CreateIndex(name: "IX_ContactMerges_TenantId_MergedId_Id", table: "ContactMerges", columns: new[] { "TenantId", "MergedId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Channels_Claimed", table: "Channels", column: "PhoneNumberId", unique: true, filter: "\"ClaimedAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Channels_PhoneNumberId", table: "Channels", column: "PhoneNumberId");
            migrationBuilder.CreateIndex(name: "IX_Channels_TenantId_PhoneNumberId", table: "Channels", columns: new[] { "TenantId", "PhoneNumberId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ChannelIdentities_TenantId_ChannelId_ParentUserId", table: "ChannelIdentities", columns: new[] { "TenantId", "ChannelId", "ParentUserId" }, filter: "\"ParentUserId\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_BulkJobs_TenantId_DueAt_Id", table: "BulkJobs", columns: new[] { "TenantId", "DueAt", "Id" }, filter: "\"DueAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_BulkJobs_TenantId_State", table: "BulkJobs", columns: new[] { "TenantId", "State" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_At_Id", table: "AuditEntries", columns: new[] { "TenantId", "At", "Id" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_CountKey", table: "AuditEntries", columns: new[] { "TenantId", "CountKey" }, unique: true, filter: "\"CountKey\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_AccountNotices_UserId_Id", table: "AccountNotices", columns: new[] { "UserId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_ChannelHealths_TenantId_ChannelId", table: "ChannelHealths", columns: new[] { "TenantId", "ChannelId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ChannelHealths_TenantId_DueAt", table: "ChannelHealths", columns: new[] { "TenantId", "DueAt" }, filter: "\"DueAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_ChannelNotices_TenantId_ChannelId_Field_Word", table: "ChannelNotices", columns: new[] { "TenantId", "ChannelId", "Field", "Word" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ConsentKeywordSets_TenantId_Language", table: "ConsentKeywordSets", columns: new[] { "TenantId", "Language" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ConsentRecords_TenantId_SubjectHash_Purpose", table: "ConsentRecords", columns: new[] { "TenantId", "SubjectHash", "Purpose" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_GroupMessages_TenantId_SenderWaId", table: "GroupMessages", columns: new[] { "TenantId", "SenderWaId" });
            migrationBuilder.CreateIndex(name: "IX_GroupMessages_TenantId_SentAt_Id", table: "GroupMessages", columns: new[] { "TenantId", "SentAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_GroupMessages_TenantId_Wamid", table: "GroupMessages", columns: new[] { "TenantId", "Wamid" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_OutgoingEvents_TenantId_ContactId", table: "OutgoingEvents", columns: new[] { "TenantId", "ContactId" }, filter: "\"ContactId\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_OutgoingEvents_TenantId_OccurredAt", table: "OutgoingEvents", columns: new[] { "TenantId", "OccurredAt" });
            migrationBuilder.CreateIndex(name: "IX_PricedMessages_TenantId_CampaignId", table: "PricedMessages", columns: new[] { "TenantId", "CampaignId" }, filter: "\"CampaignId\" <> 0");
            migrationBuilder.CreateIndex(name: "IX_PushMessages_TenantId_DueAt", table: "PushMessages", columns: new[] { "TenantId", "DueAt" });
            migrationBuilder.CreateIndex(name: "IX_PushMessages_TenantId_SubscriptionId_Kind_SubjectId", table: "PushMessages", columns: new[] { "TenantId", "SubscriptionId", "Kind", "SubjectId" });
            migrationBuilder.CreateIndex(name: "IX_PushSubscriptions_EndpointHash_TenantId", table: "PushSubscriptions", columns: new[] { "EndpointHash", "TenantId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_PushSubscriptions_TenantId_UserId", table: "PushSubscriptions", columns: new[] { "TenantId", "UserId" });
            migrationBuilder.CreateIndex(name: "IX_SavedPlaces_TenantId_Name", table: "SavedPlaces", columns: new[] { "TenantId", "Name" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_UnsavedTemplates_TenantId_KeptAt", table: "UnsavedTemplates", columns: new[] { "TenantId", "KeptAt" });
            migrationBuilder.CreateIndex(name: "IX_UnsavedTemplates_TenantId_TemplateId", table: "UnsavedTemplates", columns: new[] { "TenantId", "TemplateId" });
            migrationBuilder.CreateIndex(name: "IX_UnsavedTemplates_TenantId_UserId_TemplateId", table: "UnsavedTemplates", columns: new[] { "TenantId", "UserId", "TemplateId" });
            migrationBuilder.CreateIndex(name: "IX_UserSessions_ExpiresAt", table: "UserSessions", column: "ExpiresAt");
            migrationBuilder.CreateIndex(name: "IX_UserSessions_UserId", table: "UserSessions", column: "UserId");
            migrationBuilder.CreateIndex(name: "IX_WebhookDeliveries_TenantId_EventId", table: "WebhookDeliveries", columns: new[] { "TenantId", "EventId" });
            migrationBuilder.CreateIndex(name: "IX_WebhookDeliveries_TenantId_WebhookId_State_Id", table: "WebhookDeliveries", columns: new[] { "TenantId", "WebhookId", "State", "Id" });
            migrationBuilder.CreateIndex(name: "IX_WebhookDeliveries_Waiting", table: "WebhookDeliveries", columns: new[] { "TenantId", "WebhookId", "DueAt", "Id" }, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_Webhooks_TenantId_Status_LeaseEndsAt", table: "Webhooks", columns: new[] { "TenantId", "Status", "LeaseEndsAt" });
            migrationBuilder.MoveData();
        }

        /// <inheritdoc />
        protected override void BuildTargetModel(ModelBuilder modelBuilder) => PostgresAppDbContextModelSnapshot.Build(modelBuilder);
    }
}
