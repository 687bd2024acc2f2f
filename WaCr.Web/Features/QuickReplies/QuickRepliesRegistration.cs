namespace WaCr.Web.Features.QuickReplies;

internal static class QuickRepliesRegistration
{
    public static IServiceCollection AddQuickReplies(this IServiceCollection services)
    {
        services.AddScoped<QuickReplyService>();
        return services;
    }
}
