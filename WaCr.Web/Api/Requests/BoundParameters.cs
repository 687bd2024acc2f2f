using WaCr.Web.Api.Answers;

namespace WaCr.Web.Api.Requests;

/// <summary>An endpoint parameter that binds itself and holds the error if it could not.</summary>
internal interface IBoundParameter
{
    Problem? Problem { get; }
}

internal static class BoundParameters
{
    /// <summary>
    /// Answers binding errors before the handler runs. Returned, not thrown, so that the answer is stored under an idempotency key like any
    /// other.
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
