using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Sqlite;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteAppDbContext))]
    [Migration("20261129000000_Baseline")]
    public sealed class Baseline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(name: "Countries", columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Code3 = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Countries", x => x.Id);
                });
            migrationBuilder.CreateTable(name: "DataProtectionKeys", columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    FriendlyName = table.Column<string>(type: "TEXT", nullable: true),
                    Xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });
            migrationBuilder.CreateTable(name: "Plans", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ContactLimit = table.Column<long>(type: "INTEGER", nullable: true),
                    ConversationLimit = table.Column<long>(type: "INTEGER", nullable: true),
                    CampaignLimit = table.Column<long>(type: "INTEGER", nullable: true),
                    StaffLimit = table.Column<long>(type: "INTEGER", nullable: true),
                    HasWhatsAppTemplates = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasBulkMessaging = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasChatbot = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasAdvancedAnalytics = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasApiAccess = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasCustomBranding = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Plans", x => x.Id);
                });
            migrationBuilder.CreateTable(name: "Tenants", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Subdomain = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    CountryCode = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RequiresTwoFactor = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tenants", x => x.Id);
                });
            migrationBuilder.CreateTable(name: "Users", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneNumber = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });
            migrationBuilder.CreateTable(name: "ApiTokens", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Scopes = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    RateLimitPerMinute = table.Column<int>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedById = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiTokens", x => x.Id);
                    table.ForeignKey(name: "FK_ApiTokens_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "AuditEntries", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    EntityType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EntityId = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorKind = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Door = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Changes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                    table.ForeignKey(name: "FK_AuditEntries_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "BulkJobs", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    UndoneId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorKind = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StoppedBecause = table.Column<int>(type: "INTEGER", nullable: true),
                    Chunks = table.Column<int>(type: "INTEGER", nullable: false),
                    ChunksDone = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    Unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    Failures = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseEndsAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkJobs", x => x.Id);
                    table.UniqueConstraint("AK_BulkJobs_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_BulkJobs_BulkJobs_TenantId_UndoneId", columns: x => new { x.TenantId, x.UndoneId }, principalTable: "BulkJobs", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_BulkJobs_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "ContactMerges", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    SurvivorId = table.Column<long>(type: "INTEGER", nullable: false),
                    MergedId = table.Column<long>(type: "INTEGER", nullable: false),
                    MergedName = table.Column<string>(type: "TEXT", maxLength: 511, nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    MergedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Changes = table.Column<string>(type: "TEXT", nullable: false),
                    Conversations = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactMerges", x => x.Id);
                    table.ForeignKey(name: "FK_ContactMerges_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "DeletedContacts", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Door = table.Column<int>(type: "INTEGER", nullable: false),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Snapshot = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletedContacts", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_DeletedContacts_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Groups", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Groups", x => x.Id);
                    table.UniqueConstraint("AK_Groups_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Groups_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "IdempotentRequests", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    TokenId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Fingerprint = table.Column<byte[]>(type: "BLOB", nullable: false),
                    StatusCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Location = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ETag = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LeaseEndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentRequests", x => x.Id);
                    table.ForeignKey(name: "FK_IdempotentRequests_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Invitations", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedById = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Id);
                    table.ForeignKey(name: "FK_Invitations_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "MediaFiles", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaFiles", x => x.Id);
                    table.UniqueConstraint("AK_MediaFiles_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_MediaFiles_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "OneTimeCodeLimits", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeCodeLimits", x => new { x.TenantId, x.Action, x.PhoneKey });
                    table.ForeignKey(name: "FK_OneTimeCodeLimits_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "OneTimeCodes", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeCodes", x => x.Id);
                    table.ForeignKey(name: "FK_OneTimeCodes_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "QuickReplies", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Shortcut = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuickReplies", x => x.Id);
                    table.ForeignKey(name: "FK_QuickReplies_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Sources", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sources", x => x.Id);
                    table.UniqueConstraint("AK_Sources_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Sources_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Statuses", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    Color = table.Column<string>(type: "TEXT", maxLength: 7, nullable: true),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Statuses", x => x.Id);
                    table.UniqueConstraint("AK_Statuses_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Statuses_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Subscriptions", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    PlanId = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Subscriptions", x => x.TenantId);
                    table.ForeignKey(name: "FK_Subscriptions_Plans_PlanId", column: x => x.PlanId, principalTable: "Plans", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Subscriptions_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Templates", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessAccountId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WhatsAppId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ParameterFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    HeaderFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Quality = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    RejectedReason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    MessageSendTtlSeconds = table.Column<int>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SyncedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Components = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Templates", x => x.Id);
                    table.ForeignKey(name: "FK_Templates_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "UsageCounters", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Metric = table.Column<int>(type: "INTEGER", nullable: false),
                    Period = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageCounters", x => new { x.TenantId, x.Metric, x.Period });
                    table.ForeignKey(name: "FK_UsageCounters_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "UsageWindows", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsLatest = table.Column<bool>(type: "INTEGER", nullable: false),
                    Period = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Messages = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageWindows", x => new { x.TenantId, x.ContactId, x.OpenedAt });
                    table.ForeignKey(name: "FK_UsageWindows_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Memberships", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => new { x.TenantId, x.UserId });
                    table.ForeignKey(name: "FK_Memberships_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Memberships_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "UserClaims", columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.Id);
                    table.ForeignKey(name: "FK_UserClaims_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UserLogins", columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(name: "FK_UserLogins_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UserPasskeys", columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPasskeys", x => x.CredentialId);
                    table.ForeignKey(name: "FK_UserPasskeys_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UserTokens", columns: table => new
                {
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(name: "FK_UserTokens_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "BulkChunks", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    JobId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ContactIds = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulkChunks", x => new { x.TenantId, x.JobId, x.Number });
                    table.ForeignKey(name: "FK_BulkChunks_BulkJobs_TenantId_JobId", columns: x => new { x.TenantId, x.JobId }, principalTable: "BulkJobs", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "Imports", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Format = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Headers = table.Column<string>(type: "TEXT", nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Chunks = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<int>(type: "INTEGER", nullable: false),
                    Updated = table.Column<int>(type: "INTEGER", nullable: false),
                    Unchanged = table.Column<int>(type: "INTEGER", nullable: false),
                    Skipped = table.Column<int>(type: "INTEGER", nullable: false),
                    Failed = table.Column<int>(type: "INTEGER", nullable: false),
                    JobId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Imports", x => x.Id);
                    table.UniqueConstraint("AK_Imports_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Imports_BulkJobs_TenantId_JobId", columns: x => new { x.TenantId, x.JobId }, principalTable: "BulkJobs", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_Imports_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Channels", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PhoneNumberId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    BusinessAccountId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DisplayPhoneNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    VerifiedName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    AccessToken = table.Column<string>(type: "TEXT", nullable: true),
                    AppSecret = table.Column<string>(type: "TEXT", nullable: true),
                    VerifyToken = table.Column<string>(type: "TEXT", nullable: true),
                    VerifyTokenHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DefaultStatusId = table.Column<long>(type: "INTEGER", nullable: true),
                    DefaultSourceId = table.Column<long>(type: "INTEGER", nullable: true),
                    DefaultAssignedId = table.Column<long>(type: "INTEGER", nullable: true),
                    OptOutWords = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    CredentialRefusedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CredentialError = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PausedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MessagesPerSecond = table.Column<int>(type: "INTEGER", nullable: false),
                    PacedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    TemplatesDueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Channels", x => x.Id);
                    table.UniqueConstraint("AK_Channels_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Channels_Memberships_TenantId_DefaultAssignedId", columns: x => new { x.TenantId, x.DefaultAssignedId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Channels_Sources_TenantId_DefaultSourceId", columns: x => new { x.TenantId, x.DefaultSourceId }, principalTable: "Sources", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Channels_Statuses_TenantId_DefaultStatusId", columns: x => new { x.TenantId, x.DefaultStatusId }, principalTable: "Statuses", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Channels_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Contacts", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    LastName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Company = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 191, nullable: true),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    StatusId = table.Column<long>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<long>(type: "INTEGER", nullable: false),
                    City = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Zip = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    CountryId = table.Column<int>(type: "INTEGER", nullable: true),
                    AssignedId = table.Column<long>(type: "INTEGER", nullable: true),
                    IsOptedOut = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    EmailKey = table.Column<string>(type: "TEXT", nullable: true),
                    FirstNameKey = table.Column<string>(type: "TEXT", nullable: false),
                    LastNameKey = table.Column<string>(type: "TEXT", nullable: false),
                    SearchText = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contacts", x => x.Id);
                    table.UniqueConstraint("AK_Contacts_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Contacts_Countries_CountryId", column: x => x.CountryId, principalTable: "Countries", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Contacts_Memberships_TenantId_AssignedId", columns: x => new { x.TenantId, x.AssignedId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Contacts_Sources_TenantId_SourceId", columns: x => new { x.TenantId, x.SourceId }, principalTable: "Sources", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Contacts_Statuses_TenantId_StatusId", columns: x => new { x.TenantId, x.StatusId }, principalTable: "Statuses", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Contacts_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "SavedViews", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    IsShared = table.Column<bool>(type: "INTEGER", nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                    table.ForeignKey(name: "FK_SavedViews_Memberships_TenantId_OwnerId", columns: x => new { x.TenantId, x.OwnerId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UserPreferences", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPreferences", x => new { x.TenantId, x.UserId, x.Key });
                    table.ForeignKey(name: "FK_UserPreferences_Memberships_TenantId_UserId", columns: x => new { x.TenantId, x.UserId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ImportChunks", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ImportId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Rows = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Failed = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportChunks", x => new { x.TenantId, x.ImportId, x.Number });
                    table.ForeignKey(name: "FK_ImportChunks_Imports_TenantId_ImportId", columns: x => new { x.TenantId, x.ImportId }, principalTable: "Imports", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "Campaigns", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    PausedBecause = table.Column<int>(type: "INTEGER", nullable: true),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: true),
                    TemplateName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    TemplateLanguage = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    Values = table.Column<string>(type: "TEXT", nullable: false),
                    Audience = table.Column<string>(type: "TEXT", nullable: true),
                    ScheduledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PerMinute = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorKind = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Chunks = table.Column<int>(type: "INTEGER", nullable: false),
                    ChunksDone = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Queued = table.Column<int>(type: "INTEGER", nullable: false),
                    Excluded = table.Column<int>(type: "INTEGER", nullable: false),
                    PacedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Campaigns", x => x.Id);
                    table.UniqueConstraint("AK_Campaigns_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Campaigns_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Campaigns_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "ChannelIdentities", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    WaId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    ProfileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelIdentities", x => x.Id);
                    table.ForeignKey(name: "FK_ChannelIdentities_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "Conversations", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    WaId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    AssignedId = table.Column<long>(type: "INTEGER", nullable: true),
                    LastMessageAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastMessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    LastInboundAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UnreadCount = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadUpToId = table.Column<long>(type: "INTEGER", nullable: false),
                    PacedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conversations", x => x.Id);
                    table.UniqueConstraint("AK_Conversations_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Conversations_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Conversations_Memberships_TenantId_AssignedId", columns: x => new { x.TenantId, x.AssignedId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "WebhookEvents", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ProcessedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Payload = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookEvents", x => x.Id);
                    table.ForeignKey(name: "FK_WebhookEvents_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "GroupMembers", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupMembers", x => new { x.TenantId, x.GroupId, x.ContactId });
                    table.ForeignKey(name: "FK_GroupMembers_Contacts_TenantId_ContactId", columns: x => new { x.TenantId, x.ContactId }, principalTable: "Contacts", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_GroupMembers_Groups_TenantId_GroupId", columns: x => new { x.TenantId, x.GroupId }, principalTable: "Groups", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "UnsavedEdits", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: true),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    KeptAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnsavedEdits", x => x.Id);
                    table.ForeignKey(name: "FK_UnsavedEdits_Contacts_TenantId_ContactId", columns: x => new { x.TenantId, x.ContactId }, principalTable: "Contacts", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_UnsavedEdits_Memberships_TenantId_UserId", columns: x => new { x.TenantId, x.UserId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "CampaignChunks", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ContactIds = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignChunks", x => new { x.TenantId, x.CampaignId, x.Number });
                    table.ForeignKey(name: "FK_CampaignChunks_Campaigns_TenantId_CampaignId", columns: x => new { x.TenantId, x.CampaignId }, principalTable: "Campaigns", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "CampaignExclusions", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignExclusions", x => new { x.TenantId, x.CampaignId, x.ContactId });
                    table.ForeignKey(name: "FK_CampaignExclusions_Campaigns_TenantId_CampaignId", columns: x => new { x.TenantId, x.CampaignId }, principalTable: "Campaigns", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "Comments", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    StatusMessage = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: true),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    MessageId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    RefMessageId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    StaffId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Comments", x => x.Id);
                    table.ForeignKey(name: "FK_Comments_Conversations_TenantId_ConversationId", columns: x => new { x.TenantId, x.ConversationId }, principalTable: "Conversations", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_Comments_MediaFiles_TenantId_MediaFileId", columns: x => new { x.TenantId, x.MediaFileId }, principalTable: "MediaFiles", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Comments_Memberships_TenantId_StaffId", columns: x => new { x.TenantId, x.StaffId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Messages", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Direction = table.Column<int>(type: "INTEGER", nullable: false),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Wamid = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Nonce = table.Column<int>(type: "INTEGER", nullable: false),
                    ReplyToWamid = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    StaffId = table.Column<long>(type: "INTEGER", nullable: true),
                    TemplateName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    TemplateLanguage = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: true),
                    UsageWindowOpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    ErrorCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeliveredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PriceCategory = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    IsBillable = table.Column<bool>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                    table.UniqueConstraint("AK_Messages_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(name: "FK_Messages_Channels_TenantId_ChannelId", columns: x => new { x.TenantId, x.ChannelId }, principalTable: "Channels", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Messages_Conversations_TenantId_ConversationId", columns: x => new { x.TenantId, x.ConversationId }, principalTable: "Conversations", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_Messages_Memberships_TenantId_StaffId", columns: x => new { x.TenantId, x.StaffId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "Notifications", columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    FromId = table.Column<long>(type: "INTEGER", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                    table.ForeignKey(name: "FK_Notifications_Conversations_TenantId_ConversationId", columns: x => new { x.TenantId, x.ConversationId }, principalTable: "Conversations", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(name: "FK_Notifications_Memberships_TenantId_FromId", columns: x => new { x.TenantId, x.FromId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_Notifications_Memberships_TenantId_UserId", columns: x => new { x.TenantId, x.UserId }, principalTable: "Memberships", principalColumns: new[] { "TenantId", "UserId" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "MessageMedia", columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    WhatsAppId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    ClaimedContentType = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    IsVoice = table.Column<bool>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageMedia", x => new { x.TenantId, x.MessageId });
                    table.ForeignKey(name: "FK_MessageMedia_MediaFiles_TenantId_MediaFileId", columns: x => new { x.TenantId, x.MediaFileId }, principalTable: "MediaFiles", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(name: "FK_MessageMedia_Messages_TenantId_MessageId", columns: x => new { x.TenantId, x.MessageId }, principalTable: "Messages", principalColumns: new[] { "TenantId", "Id" }, onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateIndex(name: "IX_ApiTokens_Hash", table: "ApiTokens", column: "Hash", unique: true);
            migrationBuilder.CreateIndex(name: "IX_ApiTokens_TenantId_Id", table: "ApiTokens", columns: new[] { "TenantId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_EntityType_EntityId_Id", table: "AuditEntries", columns: new[] { "TenantId", "EntityType", "EntityId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_BulkJobs_TenantId_CreatedAt_Id", table: "BulkJobs", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_BulkJobs_TenantId_State_LeaseEndsAt", table: "BulkJobs", columns: new[] { "TenantId", "State", "LeaseEndsAt" });
            migrationBuilder.CreateIndex(name: "IX_BulkJobs_TenantId_UndoneId", table: "BulkJobs", columns: new[] { "TenantId", "UndoneId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_CampaignExclusions_TenantId_CampaignId_Reason_ContactId", table: "CampaignExclusions", columns: new[] { "TenantId", "CampaignId", "Reason", "ContactId" });
            migrationBuilder.CreateIndex(name: "IX_Campaigns_TenantId_CreatedAt_Id", table: "Campaigns", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Campaigns_TenantId_DueAt_Id", table: "Campaigns", columns: new[] { "TenantId", "DueAt", "Id" }, filter: "\"DueAt\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Campaigns_TenantId_TemplateName_TemplateLanguage_CreatedAt", table: "Campaigns", columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt" });
            migrationBuilder.CreateIndex(name: "IX_ChannelIdentities_TenantId_ChannelId_UserId", table: "ChannelIdentities", columns: new[] { "TenantId", "ChannelId", "UserId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ChannelIdentities_TenantId_ChannelId_WaId", table: "ChannelIdentities", columns: new[] { "TenantId", "ChannelId", "WaId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_ChannelIdentities_TenantId_ContactId", table: "ChannelIdentities", columns: new[] { "TenantId", "ContactId" });
            migrationBuilder.CreateIndex(name: "IX_Channels_BusinessAccountId", table: "Channels", column: "BusinessAccountId");
            migrationBuilder.CreateIndex(name: "IX_Channels_PhoneNumberId", table: "Channels", column: "PhoneNumberId", unique: true);
            migrationBuilder.CreateIndex(name: "IX_Channels_VerifyTokenHash", table: "Channels", column: "VerifyTokenHash");
            migrationBuilder.CreateIndex(name: "IX_Comments_TenantId_ConversationId_CreatedAt_Id", table: "Comments", columns: new[] { "TenantId", "ConversationId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Comments_TenantId_MediaFileId", table: "Comments", columns: new[] { "TenantId", "MediaFileId" }, filter: "\"MediaFileId\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_ContactMerges_TenantId_MergedAt", table: "ContactMerges", columns: new[] { "TenantId", "MergedAt" });
            migrationBuilder.CreateIndex(name: "IX_ContactMerges_TenantId_SurvivorId_Id", table: "ContactMerges", columns: new[] { "TenantId", "SurvivorId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_AssignedId_Id", table: "Contacts", columns: new[] { "TenantId", "AssignedId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_CountryId_Id", table: "Contacts", columns: new[] { "TenantId", "CountryId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_CreatedAt_Id", table: "Contacts", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_EmailKey", table: "Contacts", columns: new[] { "TenantId", "EmailKey" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_FirstNameKey_Id", table: "Contacts", columns: new[] { "TenantId", "FirstNameKey", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_IsOptedOut_Id", table: "Contacts", columns: new[] { "TenantId", "IsOptedOut", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_LastNameKey_Id", table: "Contacts", columns: new[] { "TenantId", "LastNameKey", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_PhoneKey", table: "Contacts", columns: new[] { "TenantId", "PhoneKey" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_SourceId_Id", table: "Contacts", columns: new[] { "TenantId", "SourceId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_StatusId_Id", table: "Contacts", columns: new[] { "TenantId", "StatusId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_Type_Id", table: "Contacts", columns: new[] { "TenantId", "Type", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Contacts_TenantId_UpdatedAt_Id", table: "Contacts", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Conversations_TenantId_AssignedId_LastMessageAt_Id", table: "Conversations", columns: new[] { "TenantId", "AssignedId", "LastMessageAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Conversations_TenantId_ContactId_ChannelId", table: "Conversations", columns: new[] { "TenantId", "ContactId", "ChannelId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Conversations_TenantId_LastMessageAt_Id", table: "Conversations", columns: new[] { "TenantId", "LastMessageAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Conversations_Unread", table: "Conversations", columns: new[] { "TenantId", "LastMessageAt", "Id" }, filter: "\"UnreadCount\" > 0");
            migrationBuilder.CreateIndex(name: "IX_Countries_Code", table: "Countries", column: "Code", unique: true);
            migrationBuilder.CreateIndex(name: "IX_DeletedContacts_TenantId_DeletedAt_Id", table: "DeletedContacts", columns: new[] { "TenantId", "DeletedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_GroupMembers_TenantId_ContactId_GroupId", table: "GroupMembers", columns: new[] { "TenantId", "ContactId", "GroupId" });
            migrationBuilder.CreateIndex(name: "IX_Groups_TenantId_CreatedAt_Id", table: "Groups", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Groups_TenantId_NameKey", table: "Groups", columns: new[] { "TenantId", "NameKey" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Groups_TenantId_UpdatedAt_Id", table: "Groups", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_IdempotentRequests_TenantId_ExpiresAt", table: "IdempotentRequests", columns: new[] { "TenantId", "ExpiresAt" });
            migrationBuilder.CreateIndex(name: "IX_IdempotentRequests_TenantId_TokenId_Key", table: "IdempotentRequests", columns: new[] { "TenantId", "TokenId", "Key" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Imports_TenantId_CreatedAt_Id", table: "Imports", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Imports_TenantId_JobId", table: "Imports", columns: new[] { "TenantId", "JobId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Invitations_Hash", table: "Invitations", column: "Hash", unique: true);
            migrationBuilder.CreateIndex(name: "IX_Invitations_TenantId_Id", table: "Invitations", columns: new[] { "TenantId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_MediaFiles_TenantId_Hash", table: "MediaFiles", columns: new[] { "TenantId", "Hash" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Memberships_UserId", table: "Memberships", column: "UserId");
            migrationBuilder.CreateIndex(name: "IX_MessageMedia_TenantId_DueAt_MessageId", table: "MessageMedia", columns: new[] { "TenantId", "DueAt", "MessageId" }, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_MessageMedia_TenantId_MediaFileId", table: "MessageMedia", columns: new[] { "TenantId", "MediaFileId" });
            migrationBuilder.CreateIndex(name: "IX_Messages_PutOff", table: "Messages", columns: new[] { "TenantId", "ConversationId", "DueAt" }, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_Messages_Sending", table: "Messages", columns: new[] { "TenantId", "LeaseUntil", "Id" }, filter: "\"State\" = 1");
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_CampaignId_ContactId", table: "Messages", columns: new[] { "TenantId", "CampaignId", "ContactId" }, unique: true, filter: "\"CampaignId\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_CampaignId_State_Status_Id", table: "Messages", columns: new[] { "TenantId", "CampaignId", "State", "Status", "Id" }, filter: "\"CampaignId\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_ConversationId_CreatedAt_Id", table: "Messages", columns: new[] { "TenantId", "ConversationId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_CreatedAt_Id", table: "Messages", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_Status_CreatedAt_Id", table: "Messages", columns: new[] { "TenantId", "Status", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt_Status", table: "Messages", columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt", "Status" }, filter: "\"TemplateName\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_Type_CreatedAt_Id", table: "Messages", columns: new[] { "TenantId", "Type", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_UpdatedAt_Id", table: "Messages", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Messages_TenantId_Wamid", table: "Messages", columns: new[] { "TenantId", "Wamid" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Messages_Unsent", table: "Messages", columns: new[] { "TenantId", "State", "Id" }, filter: "\"State\" > 2");
            migrationBuilder.CreateIndex(name: "IX_Messages_Waiting", table: "Messages", columns: new[] { "TenantId", "ChannelId", "DueAt", "Id" }, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_Notifications_TenantId_ConversationId", table: "Notifications", columns: new[] { "TenantId", "ConversationId" });
            migrationBuilder.CreateIndex(name: "IX_Notifications_TenantId_UserId_Id", table: "Notifications", columns: new[] { "TenantId", "UserId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Notifications_Unread", table: "Notifications", columns: new[] { "TenantId", "UserId", "Id" }, filter: "\"ReadAt\" IS NULL");
            migrationBuilder.CreateIndex(name: "IX_OneTimeCodeLimits_TenantId_StartedAt", table: "OneTimeCodeLimits", columns: new[] { "TenantId", "StartedAt" });
            migrationBuilder.CreateIndex(name: "IX_OneTimeCodes_TenantId_ExpiresAt", table: "OneTimeCodes", columns: new[] { "TenantId", "ExpiresAt" });
            migrationBuilder.CreateIndex(name: "IX_OneTimeCodes_TenantId_PhoneKey_Purpose", table: "OneTimeCodes", columns: new[] { "TenantId", "PhoneKey", "Purpose" }, unique: true, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_OneTimeCodes_TenantId_PhoneKey_Purpose_CreatedAt", table: "OneTimeCodes", columns: new[] { "TenantId", "PhoneKey", "Purpose", "CreatedAt" });
            migrationBuilder.CreateIndex(name: "IX_Plans_Code", table: "Plans", column: "Code", unique: true);
            migrationBuilder.CreateIndex(name: "IX_QuickReplies_TenantId_Shortcut", table: "QuickReplies", columns: new[] { "TenantId", "Shortcut" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_SavedViews_TenantId_IsShared_Id", table: "SavedViews", columns: new[] { "TenantId", "IsShared", "Id" });
            migrationBuilder.CreateIndex(name: "IX_SavedViews_TenantId_OwnerId_Id", table: "SavedViews", columns: new[] { "TenantId", "OwnerId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Sources_TenantId_CreatedAt_Id", table: "Sources", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Sources_TenantId_NameKey", table: "Sources", columns: new[] { "TenantId", "NameKey" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Sources_TenantId_UpdatedAt_Id", table: "Sources", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Statuses_TenantId_CreatedAt_Id", table: "Statuses", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Statuses_TenantId_NameKey", table: "Statuses", columns: new[] { "TenantId", "NameKey" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Statuses_TenantId_UpdatedAt_Id", table: "Statuses", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Templates_TenantId_CreatedAt_Id", table: "Templates", columns: new[] { "TenantId", "CreatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Templates_TenantId_Name_Language_BusinessAccountId", table: "Templates", columns: new[] { "TenantId", "Name", "Language", "BusinessAccountId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Templates_TenantId_UpdatedAt_Id", table: "Templates", columns: new[] { "TenantId", "UpdatedAt", "Id" });
            migrationBuilder.CreateIndex(name: "IX_Templates_TenantId_WhatsAppId", table: "Templates", columns: new[] { "TenantId", "WhatsAppId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_Tenants_Subdomain", table: "Tenants", column: "Subdomain", unique: true);
            migrationBuilder.CreateIndex(name: "IX_UnsavedEdits_TenantId_ContactId", table: "UnsavedEdits", columns: new[] { "TenantId", "ContactId" });
            migrationBuilder.CreateIndex(name: "IX_UnsavedEdits_TenantId_KeptAt", table: "UnsavedEdits", columns: new[] { "TenantId", "KeptAt" });
            migrationBuilder.CreateIndex(name: "IX_UnsavedEdits_TenantId_UserId_ContactId", table: "UnsavedEdits", columns: new[] { "TenantId", "UserId", "ContactId" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_UsageWindows_TenantId_ContactId", table: "UsageWindows", columns: new[] { "TenantId", "ContactId" }, unique: true, filter: "\"IsLatest\"");
            migrationBuilder.CreateIndex(name: "IX_UsageWindows_TenantId_OpenedAt", table: "UsageWindows", columns: new[] { "TenantId", "OpenedAt" });
            migrationBuilder.CreateIndex(name: "IX_UserClaims_UserId", table: "UserClaims", column: "UserId");
            migrationBuilder.CreateIndex(name: "IX_UserLogins_UserId", table: "UserLogins", column: "UserId");
            migrationBuilder.CreateIndex(name: "IX_UserPasskeys_UserId", table: "UserPasskeys", column: "UserId");
            migrationBuilder.CreateIndex(name: "EmailIndex", table: "Users", column: "NormalizedEmail");
            migrationBuilder.CreateIndex(name: "UserNameIndex", table: "Users", column: "NormalizedUserName", unique: true);
            migrationBuilder.CreateIndex(name: "IX_WebhookEvents_TenantId_DueAt_Id", table: "WebhookEvents", columns: new[] { "TenantId", "DueAt", "Id" }, filter: "\"State\" = 0");
            migrationBuilder.CreateIndex(name: "IX_WebhookEvents_TenantId_Key", table: "WebhookEvents", columns: new[] { "TenantId", "Key" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_WebhookEvents_TenantId_ProcessedAt", table: "WebhookEvents", columns: new[] { "TenantId", "ProcessedAt" });
            migrationBuilder.CreateContactSearch();
            migrationBuilder.CreateMessageSearch();
        }
    }
}
