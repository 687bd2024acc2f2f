using System.Diagnostics;
using System.Reflection;

namespace WaCr.Web.Common;

/// <summary>A running process of the product. <paramref name="Name"/> is its machine and process id.</summary>
public sealed record ServerProcess(string Name, string Version, DateTimeOffset StartedAt)
{
    private const string Product = "wacr";

    // PostgreSQL cuts an application's name after 63 bytes, of which start, process id and blanks take 25.
    internal const int MaxVersion = 20;
    private const int MaxMachine = 18;

    public static ServerProcess Current { get; } = new(
        NameOf(Environment.MachineName, Environment.ProcessId),
        InformationalVersion.Cut(MaxVersion),
        new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero));

    /// <summary>The build's version and commit.</summary>
    public static string InformationalVersion =>
        typeof(ServerProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    // The end of a machine's name tells the pods of a deployment apart.
    internal static string NameOf(string machine, int processId) => string.Create(
        CultureInfo.InvariantCulture, $"{string.Concat(machine.Where(char.IsAsciiLetterOrDigit).TakeLast(MaxMachine))}:{processId}");

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Product} {Version} {StartedAt.ToUnixTimeSeconds()} {Name}");

    /// <summary>Null if it is no process of the product.</summary>
    public static ServerProcess? Read(string text) =>
        text.Split(' ') is [Product, var version, var started, var name]
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new ServerProcess(name, version, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
}
