using System.Runtime.InteropServices;
using ModelCompiler.Tests;

namespace Samples.Tests;

/// <summary>The digit reader as it is, its project file included, in a folder outside the repository: a user's project with the package.</summary>
internal sealed class DigitReaderOutside : IDisposable
{
    private const string Version = "99.0.0-sample";

    private readonly TestFolder _folder = new();

    public DigitReaderOutside()
    {
        var pack = DotNet.Run(Repository.Root, null, "pack", Path.Combine("src", "ModelCompiler"), "--no-build", "--nologo", "-c", Repository.Configuration, "-o", At("feed"), $"-p:PackageVersion={Version}");
        pack.ExitCode.ShouldBe(0, pack.Output);

        var sample = Path.Combine(Repository.Root, "samples", "DigitReader");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
            _folder.Write(Path.Combine("DigitReader", Path.GetRelativePath(sample, file)), File.ReadAllBytes(file));

        // What the repository says for all of its projects.
        _folder.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageFloatingVersionsEnabled>true</CentralPackageFloatingVersionsEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelCompiler" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("Directory.Packages.props", $"""
            <Project>
              <ItemGroup>
                <PackageVersion Include="ModelCompiler" Version="{Version}" />
                <PackageVersion Include="Microsoft.ML.OnnxRuntime.Extensions" Version="{Repository.ExtensionsVersion}" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="package" value="{At("feed")}" />
                <add key="onnxruntime" value="{Path.Combine(Repository.Root, "artifacts", "feed")}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{MachinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => _folder.Dispose();

    /// <summary>Publishes for this machine in a way of the SDK, and runs what came out; no warning is allowed but that on the names of macOS versions in a package.</summary>
    public string PublishAndRun(string name, params string[] way)
    {
        var publish = DotNet.Run(At("DigitReader"), At("packages"), ["publish", "--nologo", "-v:n", "-tl:off", "-r", RuntimeInformation.RuntimeIdentifier, "-o", At(name), .. way]);
        publish.ExitCode.ShouldBe(0, publish.Output);
        publish.Warnings.ShouldAllBe(warning => warning.Contains("NETSDK1206"), publish.Output);

        var run = DotNet.RunProgram(Path.Combine(At(name), OperatingSystem.IsWindows() ? "DigitReader.exe" : "DigitReader"), _folder.Path, null);
        run.ExitCode.ShouldBe(0, run.Output);
        return run.Output;
    }

    public bool IsManaged(string name) => File.Exists(Path.Combine(At(name), "DigitReader.dll"));

    private string At(string name) => Path.Combine(_folder.Path, name);
}
