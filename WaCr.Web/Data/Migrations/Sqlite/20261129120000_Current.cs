using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Sqlite;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteAppDbContext))]
    [Migration("20261129120000_Current")]
    public partial class Current : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "AuditKeptDays", table: "Tenants", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Address", table: "AuditEntries", type: "TEXT", maxLength: 64, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CountKey", table: "AuditEntries", type: "TEXT", maxLength: 120, nullable: true);
            migrationBuilder.AddColumn<int>(name: "Times", table: "AuditEntries", type: "INTEGER", nullable: true);
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_At_Id", table: "AuditEntries", columns: new[] { "TenantId", "At", "Id" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_CountKey", table: "AuditEntries", columns: new[] { "TenantId", "CountKey" }, unique: true, filter: "\"CountKey\" IS NOT NULL");
            migrationBuilder.MoveData();
        }

        /// <inheritdoc />
        protected override void BuildTargetModel(ModelBuilder modelBuilder) => SqliteAppDbContextModelSnapshot.Build(modelBuilder);
    }
}
