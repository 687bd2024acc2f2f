namespace WaCr.Web.Features.Conversations;

internal static class ConversationsRegistration
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddScoped<ConversationMerge>();
        return services;
    }
}
