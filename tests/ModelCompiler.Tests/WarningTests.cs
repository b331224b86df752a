using System.Text.Json;

namespace ModelCompiler.Tests;

/// <summary>What the compiler warns of obeys the switches that people know from the C# compiler, and leads to the page that says what to do.</summary>
public sealed class WarningTests(PackageFeed package) : IDisposable
{
    /// <summary>Integers that are fitted to one sample, which the compiler does and has a word to say about.</summary>
    private const string Doubtful = """<Model Include="digits.onnx" Precision="int8" Calibration="samples" /><ModelProfile Include="linux-arm64" />""";

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public void AWarningIsWhatTheProjectMakesOfIt()
    {
        _app.With(Doubtful).WithDigits().WithSamples("samples", 1).Write("Program.cs", "Console.WriteLine();");
        _app.Run("restore", "--nologo").ShouldSucceed();

        var warned = Build();
        warned.ExitCode.ShouldBe(0, warned.Output);
        warned.Warnings.ShouldHaveSingleItem(warned.Output).ShouldContain("warning MC3010: ");
        PageOf("MC3010", warned).ShouldContain("# MC3010: ");

        CompileAnew();
        Build("-p:NoWarn=MC3010").ShouldSucceed().CompiledModels.ShouldBeTrue();

        CompileAnew();
        Build("-p:WarningsAsErrors=MC3010").ShouldFailWith("MC3010", "not typical");
        Build("-p:WarningsAsErrors=MC3010").ShouldFailWith("MC3010", "not typical");
        _app.BuiltModels.ShouldBeEmpty("what is an error delivers nothing");

        void CompileAnew() => File.Delete(Path.Combine(_app.Folder, "obj", "Debug", "net10.0", "models", "digits.stamp"));
    }

    [Fact]
    public void AProjectWithoutWarningsHasNoneOfModelsEither()
    {
        _app.With(Doubtful, "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>").WithDigits().WithSamples("samples", 1).Write("Program.cs", "Console.WriteLine();");

        _app.Build().ShouldFailWith("MC3010", "not typical");
    }

    [Fact]
    public void AnErrorLeadsToItsPageFromTheCompilerAndFromTheFirstLookAtAModel()
    {
        _app.With("""<Model Include="digits.onnx" MaxSize="1kB" />""").WithDigits().Write("Program.cs", "Console.WriteLine();");
        _app.Run("restore", "--nologo").ShouldSucceed();

        var compiling = Build();
        compiling.ShouldFailWith("MC3002", "over MaxSize");
        PageOf("MC3002", compiling).ShouldContain("# MC3002: ");

        var looking = _app.Write("digits.onnx", "no model").BuildRestored(HelpLinkLogger.Argument);
        looking.ShouldFailWith("MC1001", "not an ONNX model");
        PageOf("MC1001", looking).ShouldContain("# MC1001: ");
    }

    /// <summary>While a model is being replaced, the code that uses it must not turn red from one end to the other.</summary>
    [Fact]
    public void AModelThatBreaksIsOneDiagnosticToTheIdeAndItsClassStays()
    {
        _app.With("""<Model Include="digits.onnx" />""", UserProject.PassThrough).WithDigitsAndSidecar().Write("Program.cs", "using var digits = App.Digits.Load();");
        _app.Build().ShouldSucceed();
        var manifest = File.ReadAllText(Path.Combine(_app.Folder, "obj", "Debug", "net10.0", "models", "Digits.modelmanifest"));

        _app.Write("digits.onnx", "no model");
        var design = _app.Run(
            "msbuild", "-nologo", "-t:Compile", "-getItem:CscCommandLineArgs", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildProjectReferences=false");

        design.Errors.Concat(design.Warnings).ShouldHaveSingleItem(design.Output).ShouldContain("MC1001: ");
        ArgumentsOf(design).Count(argument => argument.Contains("Digits.modelmanifest", StringComparison.Ordinal)).ShouldBe(1, "the class of the last good model");
        File.ReadAllText(Path.Combine(_app.Folder, "obj", "Debug", "net10.0", "models", "Digits.modelmanifest")).ShouldBe(manifest);
    }

    private static IEnumerable<string> ArgumentsOf(DotNetResult design)
    {
        using var json = JsonDocument.Parse(design.Output[design.Output.IndexOf('{', StringComparison.Ordinal)..(design.Output.LastIndexOf('}') + 1)]);
        return [.. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    private DotNetResult Build(params string[] arguments) => _app.BuildRestored(["-p:ModelCompilerCacheDir=none", HelpLinkLogger.Argument, .. arguments]);

    /// <summary>The page that the diagnostic's link names, which has to be one of the package.</summary>
    private string PageOf(string code, DotNetResult result)
    {
        var prefix = $"{HelpLinkLogger.Prefix}{code}: ";
        var link = result.Output.Split('\n').First(line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..].Trim();
        link.ShouldNotBeEmpty(result.Output);
        var page = new Uri(link).LocalPath;
        page.ShouldStartWith(package.Packages);
        return File.ReadAllText(page);
    }
}
