using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>What calibration saw, kept from compile to compile.</summary>
public sealed class CalibrationCacheTests : IDisposable
{
    private const string FromTheCache = "calibrated from the cache";

    private readonly TestFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData("int8")]
    [InlineData("int8-weights")]
    public void AHitGivesTheSameAssetAndSaysSo(string precision)
    {
        using var without = new CompileProject(Networks.Classifier());
        using var first = Cached();
        using var second = Cached();
        var plain = Compile(without, precision);

        Compile(first, precision).ShouldBe(plain);
        first.Steps.ShouldNotContain(FromTheCache);
        Compile(second, precision, maxSize: "1MB").ShouldBe(plain);
        second.Steps.ShouldContain(FromTheCache);
    }

    [Fact]
    public void AnotherBudgetAndAnotherProfileOfTheSameNumbersTakeItFromThere()
    {
        using var first = Cached();
        using var second = Cached("win-x64");
        Compile(first, "int8");

        second.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(second), MaxSize = "1MB" }).AssetPath.ShouldNotBeNull();

        second.Steps.ShouldContain(FromTheCache);
    }

    [Fact]
    public void ChangedSamplesMiss()
    {
        using var project = Cached();
        Compile(project, "int8");

        project.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(project, change: 1e-3f) }).AssetPath.ShouldNotBeNull();

        project.Steps.ShouldNotContain(FromTheCache);
    }

    [Fact]
    public void AChangedModelMisses()
    {
        using var project = Cached();
        Compile(project, "int8");
        using (var model = OnnxReader.Read(File.ReadAllBytes(project.ModelPath)))
        {
            var bias = model.Graph.Initializers.First(value => value.Initializer!.Rank == 1);
            var changed = bias.Initializer!.Span<float>().ToArray();
            changed[0] += 1e-3f;
            bias.Initializer = Tensor.Of(changed, bias.Initializer.Dims);
            OnnxWriter.Write(model, project.ModelPath);
        }

        Compile(project, "int8");

        project.Steps.ShouldNotContain(FromTheCache);
    }

    [Fact]
    public void AnotherRangeMethodMisses()
    {
        using var folder = new TestFolder();
        var profile = folder.Write("device.json", """{ "extends": "linux-x64", "runtimeIdentifiers": ["linux-x64"], "quantization": { "ranges": "minMax" } }""");
        using var first = Cached();
        using var second = Cached(profile);
        Compile(first, "int8");

        Compile(second, "int8");

        second.Steps.ShouldNotContain(FromTheCache);
    }

    [Fact]
    public void SamplesWithNaNAreWarnedOfEveryTime()
    {
        using var project = Cached();
        for (var time = 0; time < 2; time++)
        {
            var result = project.Compile(new CompileOptions { Precision = "int8-weights", Calibration = Noise(project, change: float.NaN) });

            result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldContain("MC3010");
        }
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsNoReasonToFail()
    {
        using var project = new CompileProject(Networks.Classifier()) { CacheDirectory = _cache.Write("file", "where the folder should be") };

        project.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(project) }).Diagnostics.ShouldBeEmpty();
    }

    private CompileProject Cached(string profile = "linux-x64") => new(Networks.Classifier()) { CacheDirectory = _cache.Path, Profile = profile };

    /// <param name="project">The project.</param>
    /// <param name="precision">Of the compiled model.</param>
    /// <param name="maxSize">Another budget makes it another job, whose result is not known.</param>
    private static string Compile(CompileProject project, string precision, string? maxSize = null)
    {
        var result = project.Compile(new CompileOptions { Precision = precision, Calibration = Noise(project), MaxSize = maxSize });
        result.Diagnostics.ShouldBeEmpty();
        return result.Report!.Compiled!.Sha256;
    }

    private static string Noise(CompileProject project, float change = 0)
    {
        var numbers = Networks.Samples(Networks.Classifier(), 4).SelectMany(sample => sample.Inputs["x"].ToFloats()).ToArray();
        numbers[5] += change;
        return project.WriteSamples("x", numbers, 4, 3, 12, 12);
    }
}
