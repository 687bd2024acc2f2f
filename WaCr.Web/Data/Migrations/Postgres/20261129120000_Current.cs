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
            migrationBuilder.AddColumn<int>(name: "AuditKeptDays", table: "Tenants", type: "integer", nullable: true);
            migrationBuilder.AddColumn<byte[]>(name: "ConsentKey", table: "Tenants", type: "bytea", maxLength: 32, nullable: false, defaultValue: new byte[0]);
            migrationBuilder.AddColumn<long>(name: "ApiCallsPerMinute", table: "Plans", type: "bigint", nullable: true);
            migrationBuilder.AddColumn<Guid>(name: "LeaseOwner", table: "IdempotentRequests", type: "uuid", nullable: false, defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));
            migrationBuilder.AddColumn<string>(name: "Outcome", table: "IdempotentRequests", type: "text", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ContactPhoneKey", table: "Conversations", type: "character varying(20)", maxLength: 20, nullable: true);
            migrationBuilder.AddColumn<string>(name: "ContactPhoneKey", table: "ChannelIdentities", type: "character varying(20)", maxLength: 20, nullable: true);
            migrationBuilder.AddColumn<string>(name: "Address", table: "AuditEntries", type: "character varying(64)", maxLength: 64, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CountKey", table: "AuditEntries", type: "character varying(120)", maxLength: 120, nullable: true);
            migrationBuilder.AddColumn<int>(name: "Times", table: "AuditEntries", type: "integer", nullable: true);
            migrationBuilder.CreateTable(name: "AccountNotices", columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Change = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountNotices", x => x.Id);
                    table.ForeignKey(name: "FK_AccountNotices_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateTable(name: "ConsentRecords", columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    SubjectHash = table.Column<string>(type: "character varying(44)", maxLength: 44, nullable: false),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    IsOptedOut = table.Column<bool>(type: "boolean", nullable: false),
                    Door = table.Column<int>(type: "integer", nullable: false),
                    ActorKind = table.Column<int>(type: "integer", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentRecords", x => x.Id);
                    table.ForeignKey(name: "FK_ConsentRecords_Tenants_TenantId", column: x => x.TenantId, principalTable: "Tenants", principalColumn: "Id", onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.CreateTable(name: "UserSessions", columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Device = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserSessions", x => x.Id);
                    table.ForeignKey(name: "FK_UserSessions_Users_UserId", column: x => x.UserId, principalTable: "Users", principalColumn: "Id", onDelete: ReferentialAction.Cascade);
                });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_At_Id", table: "AuditEntries", columns: new[] { "TenantId", "At", "Id" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_CountKey", table: "AuditEntries", columns: new[] { "TenantId", "CountKey" }, unique: true, filter: "\"CountKey\" IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_AccountNotices_UserId_Id", table: "AccountNotices", columns: new[] { "UserId", "Id" });
            migrationBuilder.CreateIndex(name: "IX_ConsentRecords_TenantId_SubjectHash_Purpose", table: "ConsentRecords", columns: new[] { "TenantId", "SubjectHash", "Purpose" }, unique: true);
            migrationBuilder.CreateIndex(name: "IX_UserSessions_ExpiresAt", table: "UserSessions", column: "ExpiresAt");
            migrationBuilder.CreateIndex(name: "IX_UserSessions_UserId", table: "UserSessions", column: "UserId");
            migrationBuilder.MoveData();
        }

        /// <inheritdoc />
        protected override void BuildTargetModel(ModelBuilder modelBuilder) => PostgresAppDbContextModelSnapshot.Build(modelBuilder);
    }
}
