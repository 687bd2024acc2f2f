namespace WaCr.Web.Features.Users;

internal static class UsersRegistration
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddScoped<UserService>();
        services.AddScoped<UserQueries>();
        services.AddScoped<AccountFactory>();
        services.AddScoped<MembershipService>();
        services.AddScoped<InvitationService>();
        services.AddScoped<AccountReset>();
        services.AddScoped<InvitationAcceptance>();
        services.AddScoped<PasswordResets>();
        services.AddScoped<ProfileService>();
        services.AddScoped<TwoFactorService>();
        services.AddScoped<PasskeyService>();
        services.AddSingleton<LastSeen>();
        services.AddScoped<LastSeenWriter>();
        services.AddScoped<WorkspaceSession>();
        services.AddScoped<SessionTickets>();
        services.AddScoped<SignInService>();
        services.AddScoped<RequestOrigin>();
        services.AddSingleton<SessionCache>();
        services.AddScoped<SessionService>();
        services.AddScoped<SessionSweeper>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<DeviceTokens>();
        services.AddScoped<AccountNotices>();
        services.AddScoped<PasswordGuard>();
        return services;
    }
}
