using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace WaCr.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Campaigns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt",
                table: "Messages");

            migrationBuilder.CreateTable(
                name: "Campaigns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    PausedBecause = table.Column<int>(type: "integer", nullable: true),
                    ChannelId = table.Column<long>(type: "bigint", nullable: true),
                    TemplateName = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    TemplateLanguage = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    Values = table.Column<string>(type: "text", nullable: false),
                    Audience = table.Column<string>(type: "text", nullable: true),
                    ScheduledAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    PerMinute = table.Column<int>(type: "integer", nullable: false),
                    ActorKind = table.Column<int>(type: "integer", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    ActorName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Chunks = table.Column<int>(type: "integer", nullable: false),
                    ChunksDone = table.Column<int>(type: "integer", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    Queued = table.Column<int>(type: "integer", nullable: false),
                    Excluded = table.Column<int>(type: "integer", nullable: false),
                    PacedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "uuid", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FinishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Campaigns", x => x.Id);
                    table.UniqueConstraint("AK_Campaigns_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Campaigns_Channels_TenantId_ChannelId",
                        columns: x => new { x.TenantId, x.ChannelId },
                        principalTable: "Channels",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Campaigns_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CampaignChunks",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    CampaignId = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    ContactIds = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignChunks", x => new { x.TenantId, x.CampaignId, x.Number });
                    table.ForeignKey(
                        name: "FK_CampaignChunks_Campaigns_TenantId_CampaignId",
                        columns: x => new { x.TenantId, x.CampaignId },
                        principalTable: "Campaigns",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CampaignExclusions",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "bigint", nullable: false),
                    CampaignId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CampaignExclusions", x => new { x.TenantId, x.CampaignId, x.ContactId });
                    table.ForeignKey(
                        name: "FK_CampaignExclusions_Campaigns_TenantId_CampaignId",
                        columns: x => new { x.TenantId, x.CampaignId },
                        principalTable: "Campaigns",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_CampaignId_State_Status_Id",
                table: "Messages",
                columns: new[] { "TenantId", "CampaignId", "State", "Status", "Id" },
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt_S~",
                table: "Messages",
                columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt", "Status" },
                filter: "\"TemplateName\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CampaignExclusions_TenantId_CampaignId_Reason_ContactId",
                table: "CampaignExclusions",
                columns: new[] { "TenantId", "CampaignId", "Reason", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_TenantId_CreatedAt_Id",
                table: "Campaigns",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_TenantId_DueAt_Id",
                table: "Campaigns",
                columns: new[] { "TenantId", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_TenantId_TemplateName_TemplateLanguage_CreatedAt",
                table: "Campaigns",
                columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CampaignChunks");

            migrationBuilder.DropTable(
                name: "CampaignExclusions");

            migrationBuilder.DropTable(
                name: "Campaigns");

            migrationBuilder.DropIndex(
                name: "IX_Messages_TenantId_CampaignId_State_Status_Id",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt_S~",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt",
                table: "Messages",
                columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt" },
                filter: "\"TemplateName\" IS NOT NULL");
        }
    }
}
