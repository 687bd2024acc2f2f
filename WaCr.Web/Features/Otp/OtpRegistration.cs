namespace WaCr.Web.Features.Otp;

internal static class OtpRegistration
{
    public static IServiceCollection AddOtp(this IServiceCollection services)
    {
        services.AddScoped<OneTimeCodeSender>();
        services.AddScoped<OneTimeCodeVerifier>();
        services.AddScoped<OneTimeCodeQueries>();
        services.AddScoped<OneTimeCodeSweeper>();
        return services;
    }
}
