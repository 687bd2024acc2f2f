using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Hosting;

public static class IdentityExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("WaCr").PersistKeysToDbContext<AppDbContext>();
        services
            .AddIdentityCore<AppUser>(identity =>
            {
                DatabaseOptions.ConfigureIdentitySchema(identity);
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = 10;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 4;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<AppDbContext>()
            .AddDefaultTokenProviders();
        return services;
    }
}
