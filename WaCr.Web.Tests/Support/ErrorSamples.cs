using System.Reflection;

namespace WaCr.Web.Tests.Support;

/// <summary>One of each way to say no, by reflection, so that a new one is tested the day it is written.</summary>
internal static class ErrorSamples
{
    public static AppError Of(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length)
            .First(candidate => candidate.GetParameters() is not [{ ParameterType: var only }] || only != type);
        return (AppError)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
    }

    /// <summary>Every reason that a field can have: constants, and those that are made with a limit.</summary>
    public static IEnumerable<FieldError> Reasons()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var type in typeof(AppError).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("WaCr.Web.Api", StringComparison.Ordinal) == false))
        {
            foreach (var field in type.GetFields(Static).Where(field => field.FieldType == typeof(FieldError)))
            {
                yield return (FieldError)field.GetValue(null)!;
            }

            foreach (var method in type.GetMethods(Static).Where(method => method.ReturnType == typeof(FieldError)
                && method.GetParameters().All(parameter => parameter.ParameterType == typeof(string)
                    || parameter.ParameterType.IsPrimitive)))
            {
                if (method.Invoke(null, [.. method.GetParameters().Select(parameter => Value(parameter.ParameterType))]) is FieldError made)
                {
                    yield return made;
                }
            }
        }
    }

    private static object? Value(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(FieldErrors) ? new FieldErrors()
        : type == typeof(FieldError) ? new FieldError("x", "x")
        : Nullable.GetUnderlyingType(type) is not null ? null
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
