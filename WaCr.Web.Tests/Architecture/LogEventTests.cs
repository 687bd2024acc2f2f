using System.Reflection;
using Microsoft.Extensions.Logging;

namespace WaCr.Web.Tests.Architecture;

public sealed class LogEventTests
{
    [Fact]
    public void EachLogEvent_HasANumberOfItsOwn()
    {
        var events = typeof(Program).Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method =>
                (Method: $"{method.DeclaringType!.FullName}.{method.Name}", Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Event is not null)
            .ToList();

        events.Count.ShouldBeGreaterThan(20);
        events.Where(one => one.Event!.EventId <= 0).Select(one => one.Method).ShouldBeEmpty();
        events.GroupBy(one => one.Event!.EventId).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(one => one.Method))}").ShouldBeEmpty();
    }
}
