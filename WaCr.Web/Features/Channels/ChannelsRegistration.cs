namespace WaCr.Web.Features.Channels;

internal static class ChannelsRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSingleton<ChannelSecrets>();
        services.AddScoped<ChannelDirectory>();
        services.AddScoped<ChannelAlertQueries>();
        services.AddScoped<ChannelService>();
        services.AddScoped<GraphVersionCheck>();
        services.AddScoped<ChannelHealthReader>();
        services.AddScoped<ChannelHealthStep>();
        services.AddScoped<ChannelCheckService>();
        services.AddScoped<ChannelUsernameService>();
        return services;
    }
}
