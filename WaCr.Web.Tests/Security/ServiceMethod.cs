using System.Collections.Frozen;
using System.Reflection;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Security;

/// <summary>A method of a service that can say no.</summary>
internal sealed record ServiceMethod(Type Service, MethodInfo Method)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => $"{NameOf(Service)}.{Method.Name}";

    /// <summary>Every public method of a public service of Features that answers with a result; of services over lookups, each kind. What
    /// is given another's open database is a part of that one's work.</summary>
    public static IEnumerable<ServiceMethod> All => typeof(Program).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false }
            && type.Namespace?.StartsWith("WaCr.Web.Features.", StringComparison.Ordinal) == true)
        .SelectMany(type => type.IsGenericTypeDefinition ? Closed(type) : [type])
        .SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(method => new ServiceMethod(type, method)))
        .Where(method => Answers(method.Method));

    /// <summary>The permission that was missing; null where the permission was there, whatever came of the empty arguments behind
    /// it.</summary>
    public async Task<string?> RefusedForAsync(IServiceProvider services, TenantIdentity tenant, FrozenSet<string> permissions)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>()
            .Enter(tenant, new CurrentActor(ActorKind.User, 1, "Asha Patel", ChangeOrigin.App, permissions));
        var service = scope.ServiceProvider.GetRequiredService(Service);
        var method = Method.IsGenericMethodDefinition ? Method.MakeGenericMethod(typeof(string)) : Method;
        var arguments = method.GetParameters().Select(parameter => Empty(parameter.ParameterType)).ToArray();
        try
        {
            var answer = (Task)method.Invoke(service, arguments)!;
            await answer.WaitAsync(Patience);
            var result = answer.GetType().GetProperty("Result")!.GetValue(answer)!;
            return (result.GetType().GetProperty("Error")!.GetValue(result) as ForbiddenError)?.Permission;
        }
#pragma warning disable CA1031 // Empty arguments break what lies behind the check; that it was reached is all that is asked.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static bool Answers(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>)
        && task.GetGenericArguments()[0] is { IsGenericType: true } result && result.GetGenericTypeDefinition() == typeof(Result<>)
        && method.GetParameters().All(parameter => parameter.ParameterType != typeof(AppDbContext));

    private static IEnumerable<Type> Closed(Type service) =>
        service.GetGenericArguments() is [var kind] && kind.GetGenericParameterConstraints().Contains(typeof(Lookup))
        ? [service.MakeGenericType(typeof(Group)), service.MakeGenericType(typeof(Source)), service.MakeGenericType(typeof(Status))]
        : [];

    private static string NameOf(Type service) =>
        service.IsGenericType
            ? $"{service.Name[..service.Name.IndexOf('`', StringComparison.Ordinal)]}<{service.GetGenericArguments()[0].Name}>"
            : service.Name;

    private static object? Empty(Type type) =>
        type == typeof(string) ? ""
        : type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance(type)
        : null;
}
