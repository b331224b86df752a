using ModelCompiler.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace ModelCompiler.Tests;

/// <summary>The package, packed once from what was built, in a feed and a package folder that only these tests use.</summary>
public sealed class PackageFeed : IDisposable
{
    public const string Version = "99.0.0-test";

    public PackageFeed()
    {
        var pack = DotNet.Run(
            Repository.Root, null, "pack", Path.Combine("src", "ModelCompiler"), "--no-build", "--nologo", "-c", Repository.Configuration, "-o", Feed, $"-p:PackageVersion={Version}");
        pack.ExitCode.ShouldBe(0, pack.Output);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("modelcompiler-package").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public string Packages => Path.Combine(Folder, "packages");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
