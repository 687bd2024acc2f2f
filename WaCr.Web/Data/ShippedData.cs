using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data;

/// <summary>Inserts missing countries and plans that ship with the product. Rows that an operator changed stay.</summary>
internal static class ShippedData
{
    public static async Task WriteAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var countries = await context.Set<Country>().Select(country => country.Id).ToHashSetAsync(cancellationToken);
        context.AddRange(Country.Shipped.Where(country => !countries.Contains(country.Id)));

        var plans = await context.Set<Plan>().Select(plan => plan.Code).ToHashSetAsync(cancellationToken);
        context.AddRange(Plan.Shipped().Where(plan => !plans.Contains(plan.Code)));
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }
}
