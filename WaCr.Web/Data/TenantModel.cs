using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WaCr.Web.Data;

/// <summary>Gives every tenant-owned entity its query filter, and its tenant as a concurrency token.</summary>
internal static class TenantModel
{
    public static void Apply(ModelBuilder builder, AppDbContext context)
    {
        foreach (var entity in builder.Model.GetEntityTypes().ToList())
        {
            if (typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
            {
                // With this token, attaching a forged {Id = theirs, TenantId = mine} updates no row.
                builder.Entity(entity.ClrType).Property(nameof(ITenantOwned.TenantId)).IsConcurrencyToken();
                builder.Entity(entity.ClrType).HasQueryFilter(AppDbContext.TenantFilter, FilterFor(entity, context));
            }
        }
    }

    private static LambdaExpression FilterFor(IMutableEntityType entity, AppDbContext context)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var owner = Expression.Property(row, nameof(ITenantOwned.TenantId));
        var current = Expression.Property(Expression.Constant(context, typeof(AppDbContext)), nameof(AppDbContext.CurrentTenantId));
        return Expression.Lambda(Expression.Equal(owner, current), row);
    }
}
