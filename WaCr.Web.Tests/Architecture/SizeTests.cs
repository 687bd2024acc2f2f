using System.Reflection;
using Microsoft.AspNetCore.Components;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Tests.Architecture;

/// <summary>What is too large to be read at once is split by what it is responsible for.</summary>
public sealed class SizeTests
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const int MaxDependencies = 9;

    [Theory]
    [InlineData("*.cs", 300)]
    [InlineData("*.razor", 200)]
    public void Files_OfTheProduct_AreShort(string pattern, int maxLines) =>
        SourceFiles.OfProduct(pattern)
            .Select(file => (file, Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > maxLines)
            .Select(file => $"{Path.GetFileName(file.file)}: {file.Lines} lines")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("*.cs", 150)]
    [InlineData("*.razor", 120)]
    public void NineOfTenFiles_OfTheProduct_AreShorterStill(string pattern, int lines)
    {
        var files = SourceFiles.OfProduct(pattern)
            .Select(file => (Name: Path.GetFileName(file), Lines: File.ReadLines(file).Count())).ToList();
        var longer = files.Where(file => file.Lines > lines).OrderBy(file => file.Lines).Select(file => $"{file.Name}: {file.Lines}").ToList();

        longer.Count.ShouldBeLessThanOrEqualTo(files.Count / 10, string.Join(", ", longer));
    }

    [Fact]
    public void Migrations_AreFewLines() =>
        Directory.EnumerateFiles(Path.Combine(SourceFiles.Root, "WaCr.Web", "Data", "Migrations"), "*", SearchOption.AllDirectories)
            .Sum(file => File.ReadLines(file).Count())
            .ShouldBeLessThanOrEqualTo(6_000);

    [Fact]
    public void Classes_HaveFewDependencies() =>
        typeof(Program).Assembly.GetTypes()
            .Where(type => type.IsClass && type.Namespace?.StartsWith("WaCr.", StringComparison.Ordinal) == true && !IsRecord(type))
            .SelectMany(type => type.GetConstructors(All))
            .Where(constructor => constructor.GetParameters().Length > MaxDependencies)
            .Select(constructor => $"{constructor.DeclaringType!.Name}: {constructor.GetParameters().Length}")
            .ShouldBeEmpty();

    [Fact]
    public void Components_HaveFewDependencies() =>
        typeof(Program).Assembly.GetTypes()
            .Where(type => typeof(IComponent).IsAssignableFrom(type))
            .Select(type => (type.Name, Count: type.GetProperties(All).Count(IsItsOwn)))
            .Where(component => component.Count > MaxDependencies)
            .Select(component => $"{component.Name}: {component.Count}")
            .ShouldBeEmpty();

    // The values of a record are no dependencies.
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    // Every component has the words of the screen.
    private static bool IsItsOwn(PropertyInfo property) =>
        property.IsDefined(typeof(InjectAttribute), inherit: false) && property.PropertyType != typeof(Localizer);
}
