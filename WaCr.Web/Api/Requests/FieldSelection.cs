using System.Reflection;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Wire;

namespace WaCr.Web.Api.Requests;

/// <summary>The fields that <c>fields</c> and <c>include</c> select. An include named in <c>fields</c> is selected too.</summary>
internal sealed record FieldSelection(ulong Fields) : IBoundParameter, IBindableFromHttpContext<FieldSelection>
{
    public Problem? Problem { get; private init; }

    /// <summary>For a single read, by its operation's shape.</summary>
    public static ValueTask<FieldSelection?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var spec = context.Operation().Single!;
        FieldErrors? errors = null;
        var selection = Read(context.Request.Query, spec.Shape, spec.Includes, ref errors);
        return ValueTask.FromResult<FieldSelection?>(errors is null ? selection : selection with { Problem = Problem.Invalid(errors) });
    }

    public static FieldSelection Read(IQueryCollection query, IWireShape shape, IReadOnlyList<string> includes, ref FieldErrors? errors)
    {
        if (query.Count == 0)
        {
            return new FieldSelection(shape.Default);
        }

        ulong chosen = 0;
        foreach (var name in CommaList.Split(query["fields"]))
        {
            var bit = shape.BitOf(name);
            chosen |= bit;
            if (bit == 0)
            {
                (errors ??= []).Add("fields", $"The fields are {string.Join(", ", shape.FieldNames)}");
            }
        }

        chosen = chosen == 0 ? shape.Default : chosen | shape.BitOf("id");
        foreach (var name in CommaList.Split(query["include"]))
        {
            if (includes.Contains(name, StringComparer.Ordinal))
            {
                chosen |= shape.BitOf(name);
            }
            else
            {
                (errors ??= []).Add(
                    "include",
                    includes.Count == 0 ? "Nothing can be included here" : $"What can be included is {string.Join(", ", includes)}");
            }
        }

        return new FieldSelection(chosen);
    }
}
