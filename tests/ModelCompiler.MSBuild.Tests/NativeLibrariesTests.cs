namespace ModelCompiler.MSBuild.Tests;

public sealed class NativeLibrariesTests : IDisposable
{
    private readonly string _package = Directory.CreateTempSubdirectory("package").FullName;

    public void Dispose() => Directory.Delete(_package, recursive: true);

    [Fact]
    public void AFileForAnotherMachineLeadsToTheHostsFolder()
    {
        var host = Directory.CreateDirectory(Path.Combine(_package, "runtimes", "linux-x64", "native")).FullName;
        string[] files = [Path.Combine(_package, "runtimes", "win-x64", "native", "a.dll"), Path.Combine(_package, "runtimes", "osx-arm64", "native", "b.dylib")];

        NativeLibraries.Folders(files, "linux-x64").ShouldBe([host]);
    }

    [Fact]
    public void APackageWithoutTheHostIsNoHelp() =>
        NativeLibraries.Folders([Path.Combine(_package, "runtimes", "win-x64", "native", "a.dll"), "/elsewhere/a.dll"], "linux-x64").ShouldBeEmpty();
}
