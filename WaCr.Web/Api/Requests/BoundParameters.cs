using WaCr.Web.Api.Answers;

namespace WaCr.Web.Api.Requests;

/// <summary>A parameter of an endpoint that binds itself, and knows why it could not.</summary>
internal interface IBoundParameter
{
    Problem? Problem { get; }
}

internal static class BoundParameters
{
    /// <summary>
    /// Answers what is wrong with a request before its handler runs. An answer and not an exception: one that stands under an
    /// idempotency key is kept like any other.
    /// </summary>
    public static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var index = 0; index < context.Arguments.Count; index++)
        {
            if (context.Arguments[index] is IBoundParameter { Problem: { } problem })
            {
                return ValueTask.FromResult<object?>(problem);
            }
        }

        return next(context);
    }

    public static ApiOperation Operation(this HttpContext context) => Metadata<ApiOperation>(context);

    public static T Metadata<T>(this HttpContext context) where T : class => context.GetEndpoint()!.Metadata.GetRequiredMetadata<T>();
}
