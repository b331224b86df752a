using ModelCompiler.Contract;
using ModelCompiler.Tests.Calibration;

namespace ModelCompiler.Tests.Compilation;

/// <summary>What a compile says of the data that it was given.</summary>
public sealed class DataReviewTests : IDisposable
{
    private const int Features = 256;

    private readonly TestFolder _folder = new();
    private readonly CompileProject _project;

    public DataReviewTests() => _project = new CompileProject(TenClasses.Classifier(widest: 1)) { CacheDirectory = Path.Combine(_folder.Path, "cache") };

    public void Dispose()
    {
        _project.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ItIsCheckedAndNamedInTheReportAlsoWhereCalibrationComesFromTheCache()
    {
        var options = new CompileOptions { Precision = "int8", Calibration = Write("calibration.npz", 40, 0, null), Evaluation = Write("evaluation.npz", 40, 30, 3) };
        _folder.Write("evaluation.dataset.json", """{ "license": "CC0-1.0", "source": "https://example.org", "description": "Noise." }""");

        var first = TenClasses.Compile(_project, options);
        var second = TenClasses.Compile(_project, options with { MaxSize = "1MB" });

        first.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC0021", "MC0023"]);
        first.Diagnostics[0].Message.ShouldContain("10 of the 40 samples of the evaluation data 'evaluation.npz' are among the calibration data 'calibration.npz': 'evaluation.npz[0]' = 'calibration.npz[30]'");
        _project.Steps.ShouldContain("calibrated from the cache");
        second.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe(first.Diagnostics.Select(diagnostic => diagnostic.Message));
        var data = first.Report!.Data.ShouldNotBeNull();
        data.Select(part => (part.Role, part.Name, part.Samples, part.Labelled, part.Classes, part.License)).ShouldBe([
            ("calibration", "calibration.npz", 40, false, (int?)null, null), ("evaluation", "evaluation.npz", 40, true, 1, "CC0-1.0"),
        ]);
        data.ShouldAllBe(part => part.Sha256!.Length == 64);
        second.Report!.Data.ShouldBe(data);
    }

    [Fact]
    public void CalibrationDataThatIsMeasuredOnIsNoLeakAndIsNamedTwice()
    {
        var result = TenClasses.Compile(_project, new CompileOptions { Precision = "int8", Calibration = Write("calibration.npz", 40, 0, null) });

        result.Diagnostics.ShouldBeEmpty();
        result.Report!.Data!.Select(part => (part.Role, part.Name)).ShouldBe([("calibration", "calibration.npz"), ("evaluation", "calibration.npz")]);
    }

    [Fact]
    public void MadeUpInputsAreNamedAsSuch() =>
        TenClasses.Compile(_project, new CompileOptions { Precision = "fp32" }).Report!.Data.ShouldNotBeNull().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            data => (data.Role, data.Name, data.Synthetic, data.Sha256).ShouldBe(("evaluation", "synthetic inputs", true, null)));

    [Theory]
    [InlineData("""{ "licence": "MIT" }""", "'licence' is not known. Known here: description, license, source.")]
    [InlineData("""{ "license": 3 }""", "'license' must be a text.")]
    [InlineData("GIF89a", "The description of a data set cannot be used: ")]
    public void ADescriptionThatIsNotUnderstoodFails(string json, string reason)
    {
        var options = new CompileOptions { Precision = "fp32", Evaluation = Write("evaluation.npz", 8, 0, null) };
        var file = _folder.Write("evaluation.dataset.json", json);

        var error = TenClasses.Compile(_project, options).Diagnostics.ShouldHaveSingleItem();

        (error.Id, error.File).ShouldBe(("MC0026", file));
        error.Message.ShouldContain(reason);
        _project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void AnotherDescriptionIsAnotherCompile()
    {
        var options = new CompileOptions { Precision = "fp32", Evaluation = Write("evaluation.npz", 8, 0, null) };
        TenClasses.Compile(_project, options).Report!.Data![0].License.ShouldBeNull();

        _folder.Write("evaluation.dataset.json", """{ "license": "MIT" }""");

        TenClasses.Compile(_project, options).Report!.Data![0].License.ShouldBe("MIT");
    }

    [Fact]
    public void NaNInWhatIsMeasuredOnDoesNotDisturb()
    {
        var path = _folder.Write("evaluation.npz", new TestNpz().Add("x", "<f4", $"8, {Features}", [float.NaN, .. Noise((8 * Features) - 1, 0)]).ToBytes());

        TenClasses.Compile(_project, new CompileOptions { Precision = "fp32", Evaluation = path }).Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3011"]);
    }

    /// <summary>Rows of noise that begin at a row of a long list, so that lists overlap.</summary>
    private string Write(string name, int count, int firstRow, int? label)
    {
        var file = new TestNpz().Add("x", "<f4", $"{count}, {Features}", Noise(count * Features, firstRow * Features));
        return _folder.Write(name, (label is { } index ? file.Add("labels", "<i4", $"{count},", [.. Enumerable.Repeat(index, count)]) : file).ToBytes());
    }

    private static float[] Noise(int count, int first)
    {
        var random = new Random(5);
        var numbers = new float[first + count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextSingle();
        return numbers[first..];
    }
}
