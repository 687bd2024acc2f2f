using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaCr.Web.Data.Postgres;

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
            migrationBuilder.AddColumn<string>(name: "Address", table: "AuditEntries", type: "character varying(64)", maxLength: 64, nullable: true);
            migrationBuilder.AddColumn<string>(name: "CountKey", table: "AuditEntries", type: "character varying(120)", maxLength: 120, nullable: true);
            migrationBuilder.AddColumn<int>(name: "Times", table: "AuditEntries", type: "integer", nullable: true);
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_At_Id", table: "AuditEntries", columns: new[] { "TenantId", "At", "Id" });
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_TenantId_CountKey", table: "AuditEntries", columns: new[] { "TenantId", "CountKey" }, unique: true, filter: "\"CountKey\" IS NOT NULL");
            migrationBuilder.MoveData();
        }

        /// <inheritdoc />
        protected override void BuildTargetModel(ModelBuilder modelBuilder) => PostgresAppDbContextModelSnapshot.Build(modelBuilder);
    }
}
