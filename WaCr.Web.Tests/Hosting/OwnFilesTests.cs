using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Hosting;

/// <summary>A service whose working folder is that of its data has the styles, scripts and settings of its build all the same.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private readonly string _build = Directory.CreateTempSubdirectory("wacr-build").FullName;
    private readonly string _working = Directory.CreateTempSubdirectory("wacr-data").FullName;

    [Fact]
    public void APublishedBuild_StartedElsewhere_HasItsFiles_AndTheOperatorsSettingsWin()
    {
        Directory.CreateDirectory(Path.Combine(_build, "wwwroot"));
        Write(_build, """{"First":"build","Second":"build","Third":"build"}""");
        Write(_working, """{"Second":"working","Third":"working"}""");

        var builder = OwnFiles.CreateBuilder(["--Third=argument"], _build, _working);

        builder.Environment.WebRootPath.ShouldBe(Path.Combine(_build, "wwwroot"));
        (builder.Configuration["First"], builder.Configuration["Second"], builder.Configuration["Third"]).ShouldBe(("build", "working", "argument"));
    }

    [Fact]
    public void ABuildThatIsNotPublished_KeepsTheWorkingFolder()
    {
        Write(_build, """{"First":"build"}""");

        OwnFiles.CreateBuilder([], _build, _working).Configuration["First"].ShouldBeNull();
    }

    public void Dispose()
    {
        Directory.Delete(_build, recursive: true);
        Directory.Delete(_working, recursive: true);
    }

    private static void Write(string folder, string json) => File.WriteAllText(Path.Combine(folder, "appsettings.json"), json);
}
