using System.Reflection;

namespace ModelCompiler.Bench;

/// <summary>The package, packed from what was built with this program, in a feed of its own.</summary>
internal sealed record BenchPackage(DirectoryInfo Folder)
{
    public const string Version = "99.0.0-bench";

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static BenchPackage Pack(DirectoryInfo folder)
    {
        DotNetRun.Of(RepositoryRoot, null, "pack", Path.Combine("src", "ModelCompiler"), "--no-build", "-c", Metadata("Configuration"), "-o", Path.Combine(folder.FullName, "feed"), $"-p:PackageVersion={Version}");
        File.WriteAllText(Path.Combine(folder.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="package" value="{Path.Combine(folder.FullName, "feed")}" />
                <add key="onnxruntime" value="{Path.Combine(RepositoryRoot, "artifacts", "feed")}" />
              </packageSources>
            </configuration>
            """);
        return new(folder);
    }

    private static string Metadata(string key) =>
        typeof(BenchPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
