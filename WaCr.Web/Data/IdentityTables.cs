using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data;

/// <summary>Plain table names for Identity; roles are ours (<see cref="Membership"/>), not Identity's.</summary>
internal static class IdentityTables
{
    public static void Rename(ModelBuilder builder)
    {
        builder.Entity<AppUser>(user =>
        {
            user.ToTable("Users");
            user.Property(u => u.Name).HasMaxLength(AppUser.NameMaxLength);
            user.Property(u => u.TimeZone).HasMaxLength(Tenant.TimeZoneMaxLength);
            user.Property(u => u.Language).HasMaxLength(AppUser.LanguageMaxLength);
        });
        builder.Entity<IdentityUserClaim<long>>().ToTable("UserClaims").HasIndex(claim => claim.UserId);
        builder.Entity<IdentityUserLogin<long>>().ToTable("UserLogins").HasIndex(login => login.UserId);
        builder.Entity<IdentityUserToken<long>>().ToTable("UserTokens");
        builder.Entity<IdentityUserPasskey<long>>().ToTable("UserPasskeys").HasIndex(passkey => passkey.UserId);
    }
}
