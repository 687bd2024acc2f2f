using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ContactFilterIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_CountryId_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "CountryId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_TenantId_IsOptedOut_Id",
                table: "Contacts",
                columns: new[] { "TenantId", "IsOptedOut", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Contacts_TenantId_CountryId_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_TenantId_IsOptedOut_Id",
                table: "Contacts");
        }
    }
}
