namespace WaCr.Web.Features.Comments;

internal static class CommentsRegistration
{
    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddScoped<CommentQueries>();
        services.AddScoped<CommentService>();
        return services;
    }
}
