using ModelCompiler.Tests.Caching;

namespace ModelCompiler.Tests;

/// <summary>What the package does for a project that uses it as the README says.</summary>
public sealed class PackageTests(PackageFeed package) : IDisposable
{
    private const string Model = """<Model Include="digits.onnx" />""";

    private const string Program = """
        using App;
        using ModelCompiler;

        using var digits = Digits.Load();
        var best = digits.Classify(PixelBuffer.Gray(new byte[28 * 28], 28, 28));
        Console.WriteLine($"{best.Label} {best.Score > 0}");
        """;

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public void OneLineInTheProjectGivesATypedClassAndAnAssetBesideTheApp()
    {
        _app.With(Model).WithDigitsAndSidecar().Write("Program.cs", Program);

        _app.Build().ShouldSucceed().CompiledModels.ShouldBeTrue();

        var asset = _app.BuiltModels.ShouldHaveSingleItem();
        asset.ShouldStartWith("digits.");
        _app.Run("run", "--no-build").ShouldSucceed().Output.Trim().ShouldEndWith(" True");
    }

    [Fact]
    public void ABuildThatIsNotAskedForDetailsSaysWhatWasChosenAndWhatCameOfIt()
    {
        _app.With(Model).WithDigitsAndSidecar().Write("Program.cs", Program);

        var output = _app.Run("build", "--nologo", "-tl:off").ShouldSucceed().Output;

        output.ShouldContain("MC3007");
        output.ShouldContain("digits → ");
    }

    [Fact]
    public void TheSecondBuildCompilesNothingAndTheThirdOnlyWhatChanged()
    {
        _app.With(Model + """<Model Include="other.onnx" />""").WithDigits("other.onnx").WithDigitsAndSidecar().Write("Program.cs", Program);
        _app.Build().ShouldSucceed();

        _app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();

        _app.With(Model + """<Model Include="other.onnx" Precision="fp32" />""");
        _app.Build().ShouldSucceed().Output.ShouldContain("Compiling a model: other");
    }

    [Fact]
    public void WhatWasCompiledForOneConfigurationServesTheOther()
    {
        _app.With("""<Model Include="digits.onnx" Precision="int8" Calibration="samples" /><ModelProfile Include="linux-arm64" />""").WithDigitsAndSidecar().WithSamples("samples").Write("Program.cs", Program);
        _app.Build().ShouldSucceed().Output.ShouldNotContain("taken from the cache");

        var release = _app.Run("build", "-c", "Release", "--nologo", "-v:n", "-tl:off").ShouldSucceed();

        release.CompiledModels.ShouldBeTrue();
        release.Output.ShouldContain("taken from the cache");
        Asset("Release").ShouldBe(Asset("Debug"));

        byte[] Asset(string configuration) => File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin", configuration), "*.onnx", SearchOption.AllDirectories).Single());
    }

    [Fact]
    public void WhatOneMachineCompiledAnotherOneDownloads()
    {
        using var server = new CacheServer();
        using var other = new UserProject(package);
        foreach (var app in new[] { _app, other })
            app.With(Model, $"<ModelCompilerRemoteCache>{server.Root}</ModelCompilerRemoteCache><ModelCompilerRemoteCacheUpload>{(app == _app ? "true" : "false")}</ModelCompilerRemoteCacheUpload>").WithDigitsAndSidecar().Write("Program.cs", Program);

        _app.Build().ShouldSucceed().Output.ShouldNotContain("taken from the cache");
        var uploaded = server.Requests.Count(request => request.Method == "PUT");
        other.Build().ShouldSucceed().Output.ShouldContain("taken from the cache");

        uploaded.ShouldBe(3);
        server.Requests.Count(request => request.Method == "PUT").ShouldBe(uploaded, "the other one only takes");
        other.Run("run", "--no-build").ShouldSucceed().Output.Trim().ShouldEndWith(" True");
    }

    [Fact]
    public void PublishingTakesTheModelsAndLeavesTheReports()
    {
        _app.With(Model, UserProject.PassThrough).WithDigitsAndSidecar().Write("Program.cs", Program);

        _app.Run("publish", "--nologo", "-v:n", "-tl:off", "-o", "out").ShouldSucceed();

        Directory.EnumerateFiles(Path.Combine(_app.Folder, "out", "models")).Select(Path.GetExtension).ShouldBe([".onnx"]);
    }

    [Fact]
    public void AModelThatIsRemovedFromTheProjectIsRemovedFromTheOutput()
    {
        _app.With(Model, UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");
        _app.Build().ShouldSucceed();

        _app.With("");
        _app.Build().ShouldSucceed();

        _app.BuiltModels.ShouldBeEmpty();
        _app.IntermediateModels.ShouldBeEmpty();
    }

    [Fact]
    public void CleanLeavesNothing()
    {
        _app.With(Model, UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");
        _app.Build().ShouldSucceed();

        _app.Run("clean", "--nologo").ShouldSucceed();

        _app.BuiltModels.ShouldBeEmpty();
        _app.IntermediateModels.ShouldBeEmpty();
    }

    [Fact]
    public void TheIdeKnowsTheClassBeforeTheFirstBuild()
    {
        _app.With(Model).WithDigitsAndSidecar().Write("Program.cs", Program);
        _app.Run("restore", "--nologo").ShouldSucceed();

        // The arguments that Visual Studio and C# Dev Kit pass to ask what the C# compiler would be given.
        var design = _app.Run(
            "msbuild", "-nologo", "-t:Compile", "-getItem:CscCommandLineArgs", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false");

        design.ExitCode.ShouldBe(0, design.Output);
        design.Output.ShouldContain("Digits.modelmanifest");
        design.CompiledModels.ShouldBeFalse();
        _app.IntermediateModels.ShouldBeEmpty();
    }

    [Fact]
    public void OptimizeFalsePassesTheModelThrough()
    {
        _app.With(Model, UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");

        _app.Build().ShouldSucceed();

        var asset = Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin"), "*.onnx", SearchOption.AllDirectories).Single();
        File.ReadAllBytes(asset).ShouldBe(File.ReadAllBytes(Path.Combine(_app.Folder, "digits.onnx")));
    }

    [Fact]
    public void EachProfileHasItsAsset()
    {
        _app.With(Model + """<ModelProfile Include="linux-x64;portable" />""", UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");

        _app.Build().ShouldSucceed();

        _app.BuiltModels.ShouldBe(["digits.linux-x64.onnx", "digits.portable.onnx"]);
    }

    [Fact]
    public void WeightsThatAProfileWantsBesideTheModelComeAlong()
    {
        _app.With(Model + """<ModelProfile Include="beside.json" />""").WithDigitsAndSidecar().Write("Program.cs", Program).Write("beside.json", """
            { "name": "beside", "extends": "linux-x64", "asset": { "format": "onnx", "externalData": "always", "compression": "none" } }
            """);

        _app.Build().ShouldSucceed();

        Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin"), "digits.beside.onnx.data", SearchOption.AllDirectories).ShouldHaveSingleItem();
        _app.Run("run", "--no-build").ShouldSucceed().Output.Trim().ShouldEndWith(" True");
    }

    [Fact]
    public void AnAppCarriesCompressedModelsWhereTheProfileWantsIt()
    {
        _app.With(Model + """<ModelProfile Include="packed.json" />""").WithDigitsAndSidecar().Write("Program.cs", Program).Write("packed.json", """
            { "name": "packed", "extends": "linux-x64", "asset": { "compression": "gzip" } }
            """);

        _app.Build().ShouldSucceed();

        Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin"), "digits.*.onnx*", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldEndWith("digits.packed.onnx.gz");
        _app.Run("run", "--no-build").ShouldSucceed().Output.Trim().ShouldEndWith(" True");
        _app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();
    }
}
