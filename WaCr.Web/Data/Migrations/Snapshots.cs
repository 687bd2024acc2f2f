using Microsoft.EntityFrameworkCore;

// The working migration's target model is the snapshot's: one copy of it in the tree is enough.
namespace WaCr.Web.Data.Migrations.Sqlite
{
    internal sealed partial class SqliteAppDbContextModelSnapshot
    {
        internal static void Build(ModelBuilder model) => new SqliteAppDbContextModelSnapshot().BuildModel(model);
    }
}

namespace WaCr.Web.Data.Migrations.Postgres
{
    internal sealed partial class PostgresAppDbContextModelSnapshot
    {
        internal static void Build(ModelBuilder model) => new PostgresAppDbContextModelSnapshot().BuildModel(model);
    }
}
