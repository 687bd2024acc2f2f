using System.Reflection;
using Xunit.Sdk;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// Runs a theory once on SQLite and once on PostgreSQL. Where no PostgreSQL is offered (a quick local
/// run) its half is left out; test.sh always offers one, and a test of its own makes sure.
/// </summary>
/// <param name="more">The theory's arguments after the engine.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEachEngineAttribute(params object?[] more) : DataAttribute
{
    public IReadOnlyList<object?> More => more;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        yield return [DatabaseProvider.Sqlite, .. more!];
        if (PostgresDatabases.Server is not null)
        {
            yield return [DatabaseProvider.PostgreSQL, .. more!];
        }
    }
}

/// <summary>For what only PostgreSQL has; left out where <see cref="OnEachEngineAttribute"/> leaves it out.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute()
    {
        if (PostgresDatabases.Server is null)
        {
            Skip = "Needs a PostgreSQL server.";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseProvider.PostgreSQL]];
}
