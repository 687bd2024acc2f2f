using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
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
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ContactIds = table.Column<string>(type: "TEXT", nullable: false)
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
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false)
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
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt_Status",
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
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt_Status",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt",
                table: "Messages",
                columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt" },
                filter: "\"TemplateName\" IS NOT NULL");
        }
    }
}
