using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using WaCr.Web.Api.Answers;

namespace WaCr.Web.Api.Requests;

/// <summary>A request's body, read by its route's reader (<see cref="BodyReaders"/>).</summary>
[SuppressMessage("Design", "CA1000", Justification = "The framework finds BindAsync on the parameter's own type.")]
internal sealed class Body<T> : IBoundParameter, IBindableFromHttpContext<Body<T>>
{
    private readonly T? _value;

    private Body(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    public Problem? Problem { get; }

    /// <summary>Set whenever a handler runs.</summary>
    public T Value => _value!;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = context.Metadata<BodyReader<T>>();
        var (body, unreadable) = await FormBody.ReadAsync(context, reader.Form);
        if (unreadable is not null)
        {
            return new Body<T>(default, unreadable);
        }

        var errors = new FieldErrors();
        var value = reader.Read(body, errors);
        return errors.Any ? new Body<T>(default, Problem.Invalid(errors)) : new Body<T>(value, null);
    }
}

/// <param name="Form">Null if only JSON is accepted.</param>
internal sealed record BodyReader<T>(Func<FormBody, FieldErrors, T> Read, FormFields? Form);

/// <summary>How a route reads its body.</summary>
internal static class BodyReaders
{
    /// <param name="read">Returns its errors within its value; the service reports them with its own.</param>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, Func<JsonElement, T> read) =>
        route.WithMetadata(new BodyReader<T>((body, _) => read(body.Fields), Form: null));

    /// <param name="read">Adds its errors; with any, the handler does not run.</param>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, Func<JsonElement, FieldErrors, T> read) =>
        route.WithMetadata(new BodyReader<T>((body, errors) => read(body.Fields, errors), Form: null));

    public static RouteHandlerBuilder ReadsForm<T>(this RouteHandlerBuilder route, Func<FormBody, T> read, FormFields form) =>
        route.WithMetadata(new BodyReader<T>((body, _) => read(body), form));
}
