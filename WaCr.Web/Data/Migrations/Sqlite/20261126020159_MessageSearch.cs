using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Sqlite;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
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
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<long>(
                name: "TemplatesDueAt",
                table: "Channels",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Comments_TenantId_MediaFileId",
                table: "Comments",
                columns: new[] { "TenantId", "MediaFileId" },
                filter: "\"MediaFileId\" IS NOT NULL");

            migrationBuilder.CreateMessageSearch();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropMessageSearch();

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
