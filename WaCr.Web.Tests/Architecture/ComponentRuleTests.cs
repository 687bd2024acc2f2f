using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Architecture;

/// <summary>Pages and parts that call services have one base, so that leaving them cancels what they read.</summary>
public sealed partial class ComponentRuleTests
{
    [Fact]
    public void Component_ThatIsGivenAService_DerivesFromTheOneBase()
    {
        var others = typeof(WaCrComponent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ComponentBase)) && !type.IsSubclassOf(typeof(WaCrComponent)))
            .Where(type => !type.IsSubclassOf(typeof(LayoutComponentBase)) && type.Namespace != "WaCr.Web.Components.Account")
            .Where(type => type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Any(property => property.IsDefined(typeof(InjectAttribute)) && IsService(property.PropertyType)))
            .Select(type => type.Name);

        others.ShouldBeEmpty();
    }

    [Fact]
    public void Component_ThatReads_GivesItsOwnToken()
    {
        var files = Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();

        files.SelectMany(file => UnendedRead().Matches(File.ReadAllText(file)).Select(read => $"{Path.GetFileName(file)}: {read.Value}"))
            .ShouldBeEmpty();
    }

    /// <summary>Whether a press is still being done is known by <see cref="WaCrComponent"/>: a flag kept by hand forgets the second press.</summary>
    [Fact]
    public void Component_ThatIsBusy_KeepsNoFlagOfItsOwn()
    {
        var files = Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();

        files.SelectMany(file =>
            {
                var text = File.ReadAllText(file);
                return Flag().Matches(text).Select(flag => flag.Groups["name"].Value)
                    .Where(name => Regex.IsMatch(text, $@"Disabled=""[^""]*\b{name}\b") && Regex.IsMatch(text, $@"\b{name}\b[^;=]*= \(?true\b")
                        && Regex.IsMatch(text, $@"\b{name}\b[^;=]*= \(?false\b"))
                    .Select(name => $"{Path.GetFileName(file)}: {name}");
            })
            .ShouldBeEmpty();
    }

    /// <summary>An event that is not awaited may come after the assertion when a render is still going on.</summary>
    [Fact]
    public void TestOfComponents_AwaitsEachEvent()
    {
        var files = SourceFiles.In("WaCr.Web.Tests", "*.cs")
            .Where(file => file.Contains("Components", StringComparison.Ordinal)).ToArray();
        files.Length.ShouldBeGreaterThan(20);

        files.SelectMany(file => UnawaitedEvent().Matches(File.ReadAllText(file)).Select(call => $"{Path.GetFileName(file)}: {call.Value}"))
            .ShouldBeEmpty();
    }

    /// <summary>Under a real clock a test may fail at midnight, on the last of a month, or on a busy machine.</summary>
    [Fact]
    public void Test_DoesNotReadTheRealClock()
    {
        // Identity's check of authenticator codes reads the real clock, so the code must too.
        var files = SourceFiles.In("WaCr.Web.Tests", "*.cs").Where(file => Path.GetFileName(file) != "AuthenticatorApp.cs").ToArray();
        files.Length.ShouldBeGreaterThan(200);

        files.SelectMany(file => RealClock().Matches(File.ReadAllText(file)).Select(read => $"{Path.GetFileName(file)}: {read.Value}"))
            .ShouldBeEmpty();
    }

    /// <summary>What one journey does to a customer, as to assign or to block them, another one would find.</summary>
    [Fact]
    public void Customer_IsOfOneClassOfJourneys()
    {
        SourceFiles.In("WaCr.E2E", "*.cs")
            .SelectMany(file => CustomerNumber().Matches(File.ReadAllText(file))
                .Select(number => (number.Value, File: Path.GetFileName(file))))
            .Distinct().GroupBy(use => use.Value, use => use.File).Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses)}").ShouldBeEmpty();
    }

    private static string Components => Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "WaCr.Web", "Components"));

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    // What is only subscribed to or looked at takes no time.
    private static bool IsService(Type type) => type.Namespace!.StartsWith("WaCr.Web.Features", StringComparison.Ordinal)
        && type.GetMethods().Any(method => typeof(Task).IsAssignableFrom(method.ReturnType));

    [GeneratedRegex(@"\.(Get|List|Find|Count|Load|Preview|Any)\w*Async\([^;]*CancellationToken\.None")]
    private static partial Regex UnendedRead();

    [GeneratedRegex(@"private bool (?<name>\w+);", RegexOptions.ExplicitCapture)]
    private static partial Regex Flag();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex RealClock();

    [GeneratedRegex(@"1202555\d{4}")]
    private static partial Regex CustomerNumber();

    // What runs on the renderer's own dispatcher is over when its call is.
    [GeneratedRegex(@"^(?!.*InvokeAsync\().*\.(Input|Change|Click|DoubleClick|Submit|Blur|Focus|FocusIn|Key(Down|Up|Press)|Mouse(Down|Up|Over))\([^;\n]*\);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UnawaitedEvent();
}
