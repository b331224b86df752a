namespace ModelCompiler.Tests;

/// <summary>Models of a library, which reach the apps that use it: as a project, and as a package.</summary>
public sealed class LibraryTests : IDisposable
{
    private const string Program = """
        using ModelCompiler;
        using var digits = Faces.Digits.Load();
        Console.WriteLine($"{digits.Classify(PixelBuffer.Gray(new byte[28 * 28], 28, 28)).Score > 0} {digits.Execution.Profile}");
        """;

    private readonly PackageFeed _package;
    private readonly UserProject _library;

    public LibraryTests(PackageFeed package)
    {
        _package = package;
        _library = new UserProject(package, "Faces").WithDigitsAndSidecar();
    }

    public void Dispose() => _library.Dispose();

    [Fact]
    public void TheAppDecidesForWhichDevicesTheyAreCompiled()
    {
        Library();
        var app = _library.Sibling("App").Write("Program.cs", Program).Write("board.json", """{ "name": "board", "extends": "portable" }""");

        App(app, "").Build().ShouldSucceed();
        app.BuiltModels.ShouldBe([$"digits.{HostProfile}.onnx"]);
        Said(app).ShouldBe($"True {HostProfile}");
        _library.BuiltModels.ShouldBeEmpty("a library leaves its models to the apps");

        app.Run("publish", "-r", "win-x64", "--self-contained", "false", "--nologo", "-o", "out").ShouldSucceed();
        Published(app).ShouldBe(["digits.win-x64.onnx"]);

        // A profile of which the library knows nothing, found all the same.
        App(app, """<ModelProfile Include="board.json" />""").Build().ShouldSucceed();
        app.BuiltModels.ShouldContain("digits.board.onnx");
        app.BuiltModels.ShouldNotContain($"digits.{HostProfile}.onnx");
        Said(app).ShouldBe("True board");
        app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();
        app.BuiltModels.ShouldContain("digits.board.onnx");
    }

    [Fact]
    public void WhatRefersToTheAppHasThemOnce()
    {
        Library();
        var app = App(_library.Sibling("App"), "").Write("Program.cs", Program);
        var tests = _library.Sibling("AppTests").Write("Program.cs", Program).With($"""<ProjectReference Include="{app.ProjectFile}" />""", UserProject.PassThrough);

        tests.Build().ShouldSucceed();

        tests.BuiltModels.ShouldBe([$"digits.{HostProfile}.onnx"]);
        tests.IntermediateModels.ShouldBeEmpty("they come along from the app");
        Said(tests).ShouldBe($"True {HostProfile}");
    }

    [Fact]
    public void APackageCarriesThemCompiledAndAnAppTakesThoseForItsDevices()
    {
        var feed = Path.Combine(_library.Root.FullName, "feed");
        Library("<PackageId>Faces</PackageId><Version>1.0.0-a</Version>");
        _library.Run("pack", "-o", feed, "--nologo").Warnings.ShouldHaveSingleItem().ShouldContain($"warning MC0019: The package carries models for {HostProfile} only");

        Library("<PackageId>Faces</PackageId><Version>1.0.0-b</Version><ModelCompilerProfiles>linux-x64;win-x64;android-arm64;portable</ModelCompilerProfiles>");
        _library.Run("pack", "-o", feed, "--nologo").ShouldSucceed();
        _library.AddSource(feed);
        var app = _library.Sibling("App").Write("Program.cs", Program).WithoutPackage("""<PackageReference Include="Faces" Version="1.0.0-b" />""");

        app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();
        app.BuiltModels.ShouldBe(["digits.linux-x64.onnx", "digits.portable.onnx", "digits.win-x64.onnx"]);
        Said(app).ShouldBe($"True {(HostProfile is "linux-x64" or "win-x64" ? HostProfile : "portable")}");

        app.Run("publish", "-r", "win-x64", "--self-contained", "false", "--nologo", "-o", "out").ShouldSucceed();
        Published(app).ShouldBe(["digits.portable.onnx", "digits.win-x64.onnx"]);

        app.Run("clean", "--nologo").ShouldSucceed();
        Directory.EnumerateFiles(Path.Combine(_package.Packages, "faces", "1.0.0-b"), "*.onnx", SearchOption.AllDirectories).Count().ShouldBe(4, "what is the package's is left alone");
    }

    [Fact]
    public void TwoModelsOfOneNameAreAnErrorOfTheApp()
    {
        Library();
        var app = App(_library.Sibling("App"), """<Model Include="digits.onnx" />""").WithDigits().Write("Program.cs", "Console.WriteLine();");

        app.Build().ShouldFailWith("MC0017", "models/digits.onnx");
    }

    private static string HostProfile => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;

    private void Library(string properties = "") => _library.With("""<Model Include="digits.onnx" />""", $"<OutputType>Library</OutputType>{UserProject.PassThrough}{properties}");

    private UserProject App(UserProject app, string items) => app.WithoutPackage($"""<ProjectReference Include="{_library.ProjectFile}" />{items}""", UserProject.PassThrough);

    private static string Said(UserProject app) => app.RunApp().ShouldSucceed().Output.Trim();

    private static IEnumerable<string> Published(UserProject app) => Directory.EnumerateFiles(Path.Combine(app.Folder, "out", "models")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
