using System.Runtime.InteropServices;

namespace ModelCompiler.Tests;

/// <summary>The ways in which an app leaves the machine that built it: each carries the models of the device it is for, and finds them there.</summary>
public sealed class PublishTests(PackageFeed package) : IDisposable
{
    private const string Model = """<Model Include="digits.onnx" />""";

    private const string Program = """
        using App;
        using ModelCompiler;

        using var digits = Digits.Load();
        Console.WriteLine(digits.Classify(PixelBuffer.Gray(new byte[28 * 28], 28, 28)).Score > 0);
        """;

    private static readonly string Machine = RuntimeInformation.RuntimeIdentifier;

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public void AnAppThatBringsItsRuntimeRunsFromAFolderAndFromOneFile()
    {
        _app.With(Model, UserProject.PassThrough).WithDigitsAndSidecar().Write("Program.cs", Program);

        Publish("folder", "-r", Machine, "--self-contained").ShouldSucceed();
        RunPublished("folder").ShouldBe("True");

        Publish("file", "-r", Machine, "--self-contained", "-p:PublishSingleFile=true").ShouldSucceed();
        File.Exists(Path.Combine(_app.Folder, "file", "App.dll")).ShouldBeFalse("the app is one file");
        Models("file").ShouldHaveSingleItem("and its model lies beside it, where ONNX Runtime opens it");
        RunPublished("file").ShouldBe("True");

        var model = Path.Combine(_app.Folder, "file", "models", Models("file").Single());
        var bytes = File.ReadAllBytes(model);
        bytes[^100] ^= 1;
        File.WriteAllBytes(model, bytes);
        var refused = DotNet.RunProgram(Path.Combine(_app.Folder, "file", OperatingSystem.IsWindows() ? "App.exe" : "App"), _app.Root.FullName, null);
        refused.ExitCode.ShouldNotBe(0);
        refused.Output.ShouldContain("is not the file that the app was built with");
    }

    [Fact]
    public void AnAppForSeveralDevicesIsPublishedForOneWithTheModelsOfThatOne()
    {
        _app.With(Model, UserProject.PassThrough + "<RuntimeIdentifiers>linux-x64;win-x64</RuntimeIdentifiers><UseAppHost>false</UseAppHost>").WithDigitsAndSidecar().Write("Program.cs", Program);

        _app.Build().ShouldSucceed();
        _app.BuiltModels.ShouldBe(["digits.linux-x64.onnx", "digits.win-x64.onnx"]);

        Publish("windows", "-r", "win-x64", "--self-contained", "false").ShouldSucceed();
        Models("windows").ShouldBe(["digits.win-x64.onnx"]);
    }

    /// <summary>A warning of the trimmer, of the native compiler or of any of .NET's analyzers is a warning of the build, and there must be none.</summary>
    [Fact]
    public void AnAppOfNativeCodeRunsAndNothingInItNeedsReflection()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && new[] { "clang", "gcc" }.Any(IsInstalled), "neither clang nor gcc is installed, one of which links native code");
        _app.With(Model, UserProject.PassThrough + "<PublishAot>true</PublishAot><AnalysisMode>All</AnalysisMode><GenerateDocumentationFile>true</GenerateDocumentationFile>").WithDigitsAndSidecar().Write("Program.cs", Program);

        Publish("native", "-r", Machine).ShouldSucceed();

        File.Exists(Path.Combine(_app.Folder, "native", "App.dll")).ShouldBeFalse();
        RunPublished("native").ShouldBe("True");
    }

    [Fact]
    public void EachTargetFrameworkHasItsModelsAndCleanTakesAllOfThem()
    {
        const string Frameworks = """
            <TargetFramework /><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
            <EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            """;
        _app.With(Model, UserProject.PassThrough + Frameworks).WithDigitsAndSidecar().Write("Program.cs", Program);

        _app.Build().ShouldSucceed();
        foreach (var framework in new[] { "net10.0", "net10.0-windows" })
            Models(Path.Combine("bin", "Debug", framework)).ShouldHaveSingleItem(framework);
        _app.RunApp().ShouldSucceed().Output.Trim().ShouldBe("True");

        _app.Run("clean", "--nologo").ShouldSucceed();
        _app.BuiltModels.ShouldBeEmpty();
        _app.IntermediateModels.ShouldBeEmpty();
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private DotNetResult Publish(string folder, params string[] arguments)
    {
        var result = _app.Run(["publish", "--nologo", "-v:n", "-tl:off", "-o", folder, .. arguments]);
        Assert.SkipWhen(result.Errors.Any(error => error.Contains("error NU1301", StringComparison.Ordinal) || error.Contains("error NU1101", StringComparison.Ordinal)), "the runtime that is to go with the app cannot be downloaded");
        return result;
    }

    private IEnumerable<string> Models(string folder) =>
        Directory.EnumerateFiles(Path.Combine(_app.Folder, folder, "models"), "*.onnx").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Runs the app from another folder than the one it lies in, as a shortcut or a service does.</summary>
    private string RunPublished(string folder)
    {
        var program = Path.Combine(_app.Folder, folder, OperatingSystem.IsWindows() ? "App.exe" : "App");
        return DotNet.RunProgram(program, _app.Root.FullName, null).ShouldSucceed().Output.Trim();
    }
}
