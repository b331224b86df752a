using System.Diagnostics;

namespace ModelCompiler.Tests;

/// <summary>The compiler as a tool of the .NET command line, installed from its package into a folder of the test's own.</summary>
public sealed class ToolPackageTests(PackageFeed package) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelcompiler-tool");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void IsInstalledAndCompiles()
    {
        var (feed, tools, output) = (Path.Combine(_folder.FullName, "feed"), Path.Combine(_folder.FullName, "tools"), Path.Combine(_folder.FullName, "out"));
        DotNet.Run(Repository.Root, null, "pack", Path.Combine("src", "ModelCompiler.Tool"), "--no-build", "--nologo", "-c", Repository.Configuration, "-o", feed, $"-p:PackageVersion={PackageFeed.Version}").ShouldSucceed();
        File.WriteAllText(Path.Combine(_folder.FullName, "nuget.config"), $"""<configuration><packageSources><clear /><add key="here" value="{feed}" /></packageSources></configuration>""");
        DotNet.Run(_folder.FullName, package.Packages, "tool", "install", "ModelCompiler.Tool", "--version", PackageFeed.Version, "--tool-path", tools).ShouldSucceed();

        var start = new ProcessStartInfo(Path.Combine(tools, OperatingSystem.IsWindows() ? "modelc.exe" : "modelc"), ["compile", Path.Combine(Repository.DigitModels, "digits.onnx"), "--profile", "portable", "-o", output])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.ShouldBe(0, text);
        File.Exists(Path.Combine(output, "digits.portable.onnx")).ShouldBeTrue(text);
    }
}
