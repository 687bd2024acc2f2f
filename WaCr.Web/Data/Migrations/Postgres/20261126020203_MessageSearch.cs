using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaCr.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class MessageSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Conversations",
                table: "ContactMerges",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "TemplatesDueAt",
                table: "Channels",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_Text",
                table: "Messages",
                columns: new[] { "TenantId", "Text" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "int8_ops", "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_TenantId_MediaFileId",
                table: "Comments",
                columns: new[] { "TenantId", "MediaFileId" },
                filter: "\"MediaFileId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_TenantId_Text",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Comments_TenantId_MediaFileId",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Conversations",
                table: "ContactMerges");

            migrationBuilder.DropColumn(
                name: "TemplatesDueAt",
                table: "Channels");
        }
    }
}
