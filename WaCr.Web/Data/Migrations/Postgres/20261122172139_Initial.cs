using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace WaCr.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gin", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateTable(
                name: "Countries",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    Code3 = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Countries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", nullable: true),
                    Xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Plans",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ContactLimit = table.Column<long>(type: "bigint", nullable: true),
                    ConversationLimit = table.Column<long>(type: "bigint", nullable: true),
                    CampaignLimit = table.Column<long>(type: "bigint", nullable: true),
                    StaffLimit = table.Column<long>(type: "bigint", nullable: true),
                    HasWhatsAppTemplates = table.Column<bool>(type: "boolean", nullable: false),
                    HasBulkMessaging = table.Column<bool>(type: "boolean", nullable: false),
                    HasChatbot = table.Column<bool>(type: "boolean", nullable: false),
                    HasAdvancedAnalytics = table.Column<bool>(type: "boolean", nullable: false),
                    HasApiAccess = table.Column<bool>(type: "boolean", nullable: false),
                    HasCustomBranding = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Plans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tenants",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Subdomain = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    CountryCode = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    TimeZone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tenants", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    UserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordHash = table.Column<string>(type: "text", nullable: true),
                    SecurityStamp = table.Column<string>(type: "text", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "text", nullable: true),
                    PhoneNumber = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApiTokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Prefix = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Scopes = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    RateLimitPerMinute = table.Column<int>(type: "integer", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RevokedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CreatedById = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiTokens_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    EntityType = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    EntityId = table.Column<long>(type: "bigint", nullable: false),
                    Action = table.Column<int>(type: "integer", nullable: false),
                    ActorKind = table.Column<int>(type: "integer", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    ActorName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Door = table.Column<int>(type: "integer", nullable: false),
                    RequestId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Changes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AuditEntries_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Groups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Groups", x => x.Id);
                    table.UniqueConstraint("AK_Groups_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Groups_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IdempotentRequests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    TokenId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    StatusCode = table.Column<int>(type: "integer", nullable: true),
                    Location = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ETag = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Body = table.Column<byte[]>(type: "bytea", nullable: true),
                    LeaseEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IdempotentRequests_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Sources",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sources", x => x.Id);
                    table.UniqueConstraint("AK_Sources_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Sources_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Statuses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Color = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: true),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    NameKey = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Statuses", x => x.Id);
                    table.UniqueConstraint("AK_Statuses_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Statuses_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Subscriptions",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    PlanId = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Subscriptions", x => x.TenantId);
                    table.ForeignKey(
                        name: "FK_Subscriptions_Plans_PlanId",
                        column: x => x.PlanId,
                        principalTable: "Plans",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Subscriptions_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UsageCounters",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Metric = table.Column<int>(type: "integer", nullable: false),
                    Period = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageCounters", x => new { x.TenantId, x.Metric, x.Period });
                    table.ForeignKey(
                        name: "FK_UsageCounters_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Memberships",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Role = table.Column<int>(type: "integer", nullable: false),
                    IsActive = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => new { x.TenantId, x.UserId });
                    table.ForeignKey(
                        name: "FK_Memberships_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Memberships_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    ClaimType = table.Column<string>(type: "text", nullable: true),
                    ClaimValue = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UserClaims_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "text", nullable: true),
                    UserId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_UserLogins_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserPasskeys",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserPasskeys", x => x.CredentialId);
                    table.ForeignKey(
                        name: "FK_UserPasskeys_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserTokens",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    LoginProvider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_UserTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Contacts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    FirstName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    LastName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Company = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Type = table.Column<int>(type: "integer", nullable: false),
                    Email = table.Column<string>(type: "character varying(191)", maxLength: 191, nullable: true),
                    Phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    StatusId = table.Column<long>(type: "bigint", nullable: false),
                    SourceId = table.Column<long>(type: "bigint", nullable: false),
                    City = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    State = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    Zip = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    Address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    CountryId = table.Column<int>(type: "integer", nullable: true),
                    AssignedId = table.Column<long>(type: "bigint", nullable: true),
                    IsOptedOut = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    PhoneKey = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    EmailKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FirstNameKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    LastNameKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SearchText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contacts", x => x.Id);
                    table.UniqueConstraint("AK_Contacts_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Contacts_Countries_CountryId",
                        column: x => x.CountryId,
                        principalTable: "Countries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Contacts_Memberships_TenantId_AssignedId",
                        columns: x => new { x.TenantId, x.AssignedId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "TenantId", "UserId" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Contacts_Sources_TenantId_SourceId",
                        columns: x => new { x.TenantId, x.SourceId },
                        principalTable: "Sources",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Contacts_Statuses_TenantId_StatusId",
                        columns: x => new { x.TenantId, x.StatusId },
                        principalTable: "Statuses",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Contacts_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GroupMembers",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    GroupId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupMembers", x => new { x.TenantId, x.GroupId, x.ContactId });
                    table.ForeignKey(
                        name: "FK_GroupMembers_Contacts_TenantId_ContactId",
                        columns: x => new { x.TenantId, x.ContactId },
                        principalTable: "Contacts",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_GroupMembers_Groups_TenantId_GroupId",
                        columns: x => new { x.TenantId, x.GroupId },
                        principalTable: "Groups",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Countries",
                columns: new[] { "Id", "Code", "Code3", "Name" },
                values: new object[,]
                {
                    { 4, "AF", "AFG", "Afghanistan" },
                    { 8, "AL", "ALB", "Albania" },
                    { 10, "AQ", "ATA", "Antarctica" },
                    { 12, "DZ", "DZA", "Algeria" },
                    { 16, "AS", "ASM", "American Samoa" },
                    { 20, "AD", "AND", "Andorra" },
                    { 24, "AO", "AGO", "Angola" },
                    { 28, "AG", "ATG", "Antigua and Barbuda" },
                    { 31, "AZ", "AZE", "Azerbaijan" },
                    { 32, "AR", "ARG", "Argentina" },
                    { 36, "AU", "AUS", "Australia" },
                    { 40, "AT", "AUT", "Austria" },
                    { 44, "BS", "BHS", "Bahamas" },
                    { 48, "BH", "BHR", "Bahrain" },
                    { 50, "BD", "BGD", "Bangladesh" },
                    { 51, "AM", "ARM", "Armenia" },
                    { 52, "BB", "BRB", "Barbados" },
                    { 56, "BE", "BEL", "Belgium" },
                    { 60, "BM", "BMU", "Bermuda" },
                    { 64, "BT", "BTN", "Bhutan" },
                    { 68, "BO", "BOL", "Bolivia" },
                    { 70, "BA", "BIH", "Bosnia and Herzegovina" },
                    { 72, "BW", "BWA", "Botswana" },
                    { 74, "BV", "BVT", "Bouvet Island" },
                    { 76, "BR", "BRA", "Brazil" },
                    { 84, "BZ", "BLZ", "Belize" },
                    { 86, "IO", "IOT", "British Indian Ocean Territory" },
                    { 90, "SB", "SLB", "Solomon Islands" },
                    { 92, "VG", "VGB", "Virgin Islands, British" },
                    { 96, "BN", "BRN", "Brunei Darussalam" },
                    { 100, "BG", "BGR", "Bulgaria" },
                    { 104, "MM", "MMR", "Myanmar" },
                    { 108, "BI", "BDI", "Burundi" },
                    { 112, "BY", "BLR", "Belarus" },
                    { 116, "KH", "KHM", "Cambodia" },
                    { 120, "CM", "CMR", "Cameroon" },
                    { 124, "CA", "CAN", "Canada" },
                    { 132, "CV", "CPV", "Cabo Verde" },
                    { 136, "KY", "CYM", "Cayman Islands" },
                    { 140, "CF", "CAF", "Central African Republic" },
                    { 144, "LK", "LKA", "Sri Lanka" },
                    { 148, "TD", "TCD", "Chad" },
                    { 152, "CL", "CHL", "Chile" },
                    { 156, "CN", "CHN", "China" },
                    { 158, "TW", "TWN", "Taiwan" },
                    { 162, "CX", "CXR", "Christmas Island" },
                    { 166, "CC", "CCK", "Cocos (Keeling) Islands" },
                    { 170, "CO", "COL", "Colombia" },
                    { 174, "KM", "COM", "Comoros" },
                    { 175, "YT", "MYT", "Mayotte" },
                    { 178, "CG", "COG", "Congo" },
                    { 180, "CD", "COD", "Congo, The Democratic Republic of the" },
                    { 184, "CK", "COK", "Cook Islands" },
                    { 188, "CR", "CRI", "Costa Rica" },
                    { 191, "HR", "HRV", "Croatia" },
                    { 192, "CU", "CUB", "Cuba" },
                    { 196, "CY", "CYP", "Cyprus" },
                    { 203, "CZ", "CZE", "Czechia" },
                    { 204, "BJ", "BEN", "Benin" },
                    { 208, "DK", "DNK", "Denmark" },
                    { 212, "DM", "DMA", "Dominica" },
                    { 214, "DO", "DOM", "Dominican Republic" },
                    { 218, "EC", "ECU", "Ecuador" },
                    { 222, "SV", "SLV", "El Salvador" },
                    { 226, "GQ", "GNQ", "Equatorial Guinea" },
                    { 231, "ET", "ETH", "Ethiopia" },
                    { 232, "ER", "ERI", "Eritrea" },
                    { 233, "EE", "EST", "Estonia" },
                    { 234, "FO", "FRO", "Faroe Islands" },
                    { 238, "FK", "FLK", "Falkland Islands (Malvinas)" },
                    { 239, "GS", "SGS", "South Georgia and the South Sandwich Islands" },
                    { 242, "FJ", "FJI", "Fiji" },
                    { 246, "FI", "FIN", "Finland" },
                    { 248, "AX", "ALA", "Åland Islands" },
                    { 250, "FR", "FRA", "France" },
                    { 254, "GF", "GUF", "French Guiana" },
                    { 258, "PF", "PYF", "French Polynesia" },
                    { 260, "TF", "ATF", "French Southern Territories" },
                    { 262, "DJ", "DJI", "Djibouti" },
                    { 266, "GA", "GAB", "Gabon" },
                    { 268, "GE", "GEO", "Georgia" },
                    { 270, "GM", "GMB", "Gambia" },
                    { 275, "PS", "PSE", "Palestine, State of" },
                    { 276, "DE", "DEU", "Germany" },
                    { 288, "GH", "GHA", "Ghana" },
                    { 292, "GI", "GIB", "Gibraltar" },
                    { 296, "KI", "KIR", "Kiribati" },
                    { 300, "GR", "GRC", "Greece" },
                    { 304, "GL", "GRL", "Greenland" },
                    { 308, "GD", "GRD", "Grenada" },
                    { 312, "GP", "GLP", "Guadeloupe" },
                    { 316, "GU", "GUM", "Guam" },
                    { 320, "GT", "GTM", "Guatemala" },
                    { 324, "GN", "GIN", "Guinea" },
                    { 328, "GY", "GUY", "Guyana" },
                    { 332, "HT", "HTI", "Haiti" },
                    { 334, "HM", "HMD", "Heard Island and McDonald Islands" },
                    { 336, "VA", "VAT", "Holy See (Vatican City State)" },
                    { 340, "HN", "HND", "Honduras" },
                    { 344, "HK", "HKG", "Hong Kong" },
                    { 348, "HU", "HUN", "Hungary" },
                    { 352, "IS", "ISL", "Iceland" },
                    { 356, "IN", "IND", "India" },
                    { 360, "ID", "IDN", "Indonesia" },
                    { 364, "IR", "IRN", "Iran" },
                    { 368, "IQ", "IRQ", "Iraq" },
                    { 372, "IE", "IRL", "Ireland" },
                    { 376, "IL", "ISR", "Israel" },
                    { 380, "IT", "ITA", "Italy" },
                    { 384, "CI", "CIV", "Côte d'Ivoire" },
                    { 388, "JM", "JAM", "Jamaica" },
                    { 392, "JP", "JPN", "Japan" },
                    { 398, "KZ", "KAZ", "Kazakhstan" },
                    { 400, "JO", "JOR", "Jordan" },
                    { 404, "KE", "KEN", "Kenya" },
                    { 408, "KP", "PRK", "North Korea" },
                    { 410, "KR", "KOR", "South Korea" },
                    { 414, "KW", "KWT", "Kuwait" },
                    { 417, "KG", "KGZ", "Kyrgyzstan" },
                    { 418, "LA", "LAO", "Laos" },
                    { 422, "LB", "LBN", "Lebanon" },
                    { 426, "LS", "LSO", "Lesotho" },
                    { 428, "LV", "LVA", "Latvia" },
                    { 430, "LR", "LBR", "Liberia" },
                    { 434, "LY", "LBY", "Libya" },
                    { 438, "LI", "LIE", "Liechtenstein" },
                    { 440, "LT", "LTU", "Lithuania" },
                    { 442, "LU", "LUX", "Luxembourg" },
                    { 446, "MO", "MAC", "Macao" },
                    { 450, "MG", "MDG", "Madagascar" },
                    { 454, "MW", "MWI", "Malawi" },
                    { 458, "MY", "MYS", "Malaysia" },
                    { 462, "MV", "MDV", "Maldives" },
                    { 466, "ML", "MLI", "Mali" },
                    { 470, "MT", "MLT", "Malta" },
                    { 474, "MQ", "MTQ", "Martinique" },
                    { 478, "MR", "MRT", "Mauritania" },
                    { 480, "MU", "MUS", "Mauritius" },
                    { 484, "MX", "MEX", "Mexico" },
                    { 492, "MC", "MCO", "Monaco" },
                    { 496, "MN", "MNG", "Mongolia" },
                    { 498, "MD", "MDA", "Moldova" },
                    { 499, "ME", "MNE", "Montenegro" },
                    { 500, "MS", "MSR", "Montserrat" },
                    { 504, "MA", "MAR", "Morocco" },
                    { 508, "MZ", "MOZ", "Mozambique" },
                    { 512, "OM", "OMN", "Oman" },
                    { 516, "NA", "NAM", "Namibia" },
                    { 520, "NR", "NRU", "Nauru" },
                    { 524, "NP", "NPL", "Nepal" },
                    { 528, "NL", "NLD", "Netherlands" },
                    { 531, "CW", "CUW", "Curaçao" },
                    { 533, "AW", "ABW", "Aruba" },
                    { 534, "SX", "SXM", "Sint Maarten (Dutch part)" },
                    { 535, "BQ", "BES", "Bonaire, Sint Eustatius and Saba" },
                    { 540, "NC", "NCL", "New Caledonia" },
                    { 548, "VU", "VUT", "Vanuatu" },
                    { 554, "NZ", "NZL", "New Zealand" },
                    { 558, "NI", "NIC", "Nicaragua" },
                    { 562, "NE", "NER", "Niger" },
                    { 566, "NG", "NGA", "Nigeria" },
                    { 570, "NU", "NIU", "Niue" },
                    { 574, "NF", "NFK", "Norfolk Island" },
                    { 578, "NO", "NOR", "Norway" },
                    { 580, "MP", "MNP", "Northern Mariana Islands" },
                    { 581, "UM", "UMI", "United States Minor Outlying Islands" },
                    { 583, "FM", "FSM", "Micronesia, Federated States of" },
                    { 584, "MH", "MHL", "Marshall Islands" },
                    { 585, "PW", "PLW", "Palau" },
                    { 586, "PK", "PAK", "Pakistan" },
                    { 591, "PA", "PAN", "Panama" },
                    { 598, "PG", "PNG", "Papua New Guinea" },
                    { 600, "PY", "PRY", "Paraguay" },
                    { 604, "PE", "PER", "Peru" },
                    { 608, "PH", "PHL", "Philippines" },
                    { 612, "PN", "PCN", "Pitcairn" },
                    { 616, "PL", "POL", "Poland" },
                    { 620, "PT", "PRT", "Portugal" },
                    { 624, "GW", "GNB", "Guinea-Bissau" },
                    { 626, "TL", "TLS", "Timor-Leste" },
                    { 630, "PR", "PRI", "Puerto Rico" },
                    { 634, "QA", "QAT", "Qatar" },
                    { 638, "RE", "REU", "Réunion" },
                    { 642, "RO", "ROU", "Romania" },
                    { 643, "RU", "RUS", "Russian Federation" },
                    { 646, "RW", "RWA", "Rwanda" },
                    { 652, "BL", "BLM", "Saint Barthélemy" },
                    { 654, "SH", "SHN", "Saint Helena, Ascension and Tristan da Cunha" },
                    { 659, "KN", "KNA", "Saint Kitts and Nevis" },
                    { 660, "AI", "AIA", "Anguilla" },
                    { 662, "LC", "LCA", "Saint Lucia" },
                    { 663, "MF", "MAF", "Saint Martin (French part)" },
                    { 666, "PM", "SPM", "Saint Pierre and Miquelon" },
                    { 670, "VC", "VCT", "Saint Vincent and the Grenadines" },
                    { 674, "SM", "SMR", "San Marino" },
                    { 678, "ST", "STP", "Sao Tome and Principe" },
                    { 682, "SA", "SAU", "Saudi Arabia" },
                    { 686, "SN", "SEN", "Senegal" },
                    { 688, "RS", "SRB", "Serbia" },
                    { 690, "SC", "SYC", "Seychelles" },
                    { 694, "SL", "SLE", "Sierra Leone" },
                    { 702, "SG", "SGP", "Singapore" },
                    { 703, "SK", "SVK", "Slovakia" },
                    { 704, "VN", "VNM", "Vietnam" },
                    { 705, "SI", "SVN", "Slovenia" },
                    { 706, "SO", "SOM", "Somalia" },
                    { 710, "ZA", "ZAF", "South Africa" },
                    { 716, "ZW", "ZWE", "Zimbabwe" },
                    { 724, "ES", "ESP", "Spain" },
                    { 728, "SS", "SSD", "South Sudan" },
                    { 729, "SD", "SDN", "Sudan" },
                    { 732, "EH", "ESH", "Western Sahara" },
                    { 740, "SR", "SUR", "Suriname" },
                    { 744, "SJ", "SJM", "Svalbard and Jan Mayen" },
                    { 748, "SZ", "SWZ", "Eswatini" },
                    { 752, "SE", "SWE", "Sweden" },
                    { 756, "CH", "CHE", "Switzerland" },
                    { 760, "SY", "SYR", "Syria" },
                    { 762, "TJ", "TJK", "Tajikistan" },
                    { 764, "TH", "THA", "Thailand" },
                    { 768, "TG", "TGO", "Togo" },
                    { 772, "TK", "TKL", "Tokelau" },
                    { 776, "TO", "TON", "Tonga" },
                    { 780, "TT", "TTO", "Trinidad and Tobago" },
                    { 784, "AE", "ARE", "United Arab Emirates" },
                    { 788, "TN", "TUN", "Tunisia" },
                    { 792, "TR", "TUR", "Türkiye" },
                    { 795, "TM", "TKM", "Turkmenistan" },
                    { 796, "TC", "TCA", "Turks and Caicos Islands" },
                    { 798, "TV", "TUV", "Tuvalu" },
                    { 800, "UG", "UGA", "Uganda" },
                    { 804, "UA", "UKR", "Ukraine" },
                    { 807, "MK", "MKD", "North Macedonia" },
                    { 818, "EG", "EGY", "Egypt" },
                    { 826, "GB", "GBR", "United Kingdom" },
                    { 831, "GG", "GGY", "Guernsey" },
                    { 832, "JE", "JEY", "Jersey" },
                    { 833, "IM", "IMN", "Isle of Man" },
                    { 834, "TZ", "TZA", "Tanzania" },
                    { 840, "US", "USA", "United States" },
                    { 850, "VI", "VIR", "Virgin Islands, U.S." },
                    { 854, "BF", "BFA", "Burkina Faso" },
                    { 858, "UY", "URY", "Uruguay" },
                    { 860, "UZ", "UZB", "Uzbekistan" },
                    { 862, "VE", "VEN", "Venezuela" },
                    { 876, "WF", "WLF", "Wallis and Futuna" },
                    { 882, "WS", "WSM", "Samoa" },
                    { 887, "YE", "YEM", "Yemen" },
                    { 894, "ZM", "ZMB", "Zambia" }
                });

            migrationBuilder.InsertData(
                table: "Plans",
                columns: new[] { "Id", "CampaignLimit", "Code", "ContactLimit", "ConversationLimit", "HasAdvancedAnalytics", "HasApiAccess", "HasBulkMessaging", "HasChatbot", "HasCustomBranding", "HasWhatsAppTemplates", "Name", "StaffLimit" },
                values: new object[,]
                {
                    { 1L, 1L, "free", 500L, 100L, false, true, false, false, false, true, "Free", 2L },
                    { 2L, 10L, "starter", 10000L, 2000L, false, true, true, false, false, true, "Starter", 5L },
                    { 3L, -1L, "business", -1L, -1L, true, true, true, true, true, true, "Business", -1L }
                });

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_Hash",
                table: "ApiTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_TenantId_Id",
                table: "ApiTokens",
                columns: new[] { "TenantId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_EntityType_EntityId_Id",
                table: "AuditEntries",
                columns: new[] { "TenantId", "EntityType", "EntityId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_AssignedId_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "AssignedId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_CreatedAt_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_EmailKey",
                table: "Contacts",
                columns: new[] { "TenantId", "EmailKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_FirstNameKey_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "FirstNameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_LastNameKey_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "LastNameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_PhoneKey",
                table: "Contacts",
                columns: new[] { "TenantId", "PhoneKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_SearchText",
                table: "Contacts",
                columns: new[] { "TenantId", "SearchText" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_SourceId_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "SourceId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_StatusId_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "StatusId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_Type_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "Type", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_UpdatedAt_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Countries_Code",
                table: "Countries",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GroupMembers_TenantId_ContactId_GroupId",
                table: "GroupMembers",
                columns: new[] { "TenantId", "ContactId", "GroupId" });

            migrationBuilder.CreateIndex(
                name: "IX_Groups_TenantId_CreatedAt_Id",
                table: "Groups",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Groups_TenantId_NameKey",
                table: "Groups",
                columns: new[] { "TenantId", "NameKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Groups_TenantId_UpdatedAt_Id",
                table: "Groups",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_IdempotentRequests_TenantId_ExpiresAt",
                table: "IdempotentRequests",
                columns: new[] { "TenantId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_IdempotentRequests_TenantId_TokenId_Key",
                table: "IdempotentRequests",
                columns: new[] { "TenantId", "TokenId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_UserId",
                table: "Memberships",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Plans_Code",
                table: "Plans",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sources_TenantId_CreatedAt_Id",
                table: "Sources",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Sources_TenantId_NameKey",
                table: "Sources",
                columns: new[] { "TenantId", "NameKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sources_TenantId_UpdatedAt_Id",
                table: "Sources",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Statuses_TenantId_CreatedAt_Id",
                table: "Statuses",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Statuses_TenantId_NameKey",
                table: "Statuses",
                columns: new[] { "TenantId", "NameKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Statuses_TenantId_UpdatedAt_Id",
                table: "Statuses",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Tenants_Subdomain",
                table: "Tenants",
                column: "Subdomain",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UserClaims_UserId",
                table: "UserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_UserId",
                table: "UserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserPasskeys_UserId",
                table: "UserPasskeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "Users",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "Users",
                column: "NormalizedUserName",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiTokens");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "GroupMembers");

            migrationBuilder.DropTable(
                name: "IdempotentRequests");

            migrationBuilder.DropTable(
                name: "Subscriptions");

            migrationBuilder.DropTable(
                name: "UsageCounters");

            migrationBuilder.DropTable(
                name: "UserClaims");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "UserPasskeys");

            migrationBuilder.DropTable(
                name: "UserTokens");

            migrationBuilder.DropTable(
                name: "Contacts");

            migrationBuilder.DropTable(
                name: "Groups");

            migrationBuilder.DropTable(
                name: "Plans");

            migrationBuilder.DropTable(
                name: "Countries");

            migrationBuilder.DropTable(
                name: "Memberships");

            migrationBuilder.DropTable(
                name: "Sources");

            migrationBuilder.DropTable(
                name: "Statuses");

            migrationBuilder.DropTable(
                name: "Users");

            migrationBuilder.DropTable(
                name: "Tenants");
        }
    }
}
