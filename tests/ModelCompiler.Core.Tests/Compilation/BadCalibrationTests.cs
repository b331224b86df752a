using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>Calibration data that says little or nothing of what a model will see.</summary>
public sealed class BadCalibrationTests
{
    private const int Count = 6;

    public static TheoryData<string> RangeMethods => ["minMax", "percentile", "entropy", "mse"];

    [Theory]
    [InlineData(0f)]
    [InlineData(3.5f)]
    public void BlankDataIsTreatedAsNone(float number)
    {
        using var project = new CompileProject(Network());
        var blank = Write(project, (_, _) => number);
        var without = project.Compile(CompileOptions.None).Report!;

        var result = project.Compile(new CompileOptions { Calibration = blank });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3010", "MC3007"]);
        result.Diagnostics[0].Severity.ShouldBe(DiagnosticSeverity.Warning);
        result.Diagnostics[0].Message.ShouldContain("all the same, and each input holds one number throughout");
        result.Diagnostics[1].Message.ShouldContain("synthetic inputs");
        result.Report!.Compiled!.Sha256.ShouldBe(without.Compiled!.Sha256);
    }

    /// <summary>Rounding one weight after the other for such samples would leave the real answers 2 dB in 4 bits.</summary>
    [Theory]
    [InlineData("int8-weights", 30)]
    [InlineData("int8-dynamic", 30)]
    [InlineData("int4-weights", 15)]
    public void BlankDataDoesNotGuideTheRounding(string precision, double leastDb)
    {
        using var model = Network();
        using var project = new CompileProject(model);

        var result = project.Compile(new CompileOptions { Precision = precision, Calibration = Write(project, (_, _) => 3.5f) });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3010");
        RealSqnrDb(model, result.AssetPath!).ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [MemberData(nameof(RangeMethods))]
    public void Int8OnBlankDataIsDeliveredWithAWarningWhereItIsDemanded(string ranges)
    {
        using var folder = new TestFolder();
        using var project = new CompileProject(Network()) { Profile = ProfileWith(folder, ranges) };

        var result = project.Compile(new CompileOptions { Precision = "int8", Calibration = Write(project, (_, _) => 0) });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3010");
        result.Report!.Quantized!.Integer.ShouldBeGreaterThan(0);
        result.AssetPath.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(RangeMethods))]
    public void OneSampleIsUsedWithAWarning(string ranges)
    {
        using var folder = new TestFolder();
        using var model = Network();
        using var project = new CompileProject(model) { Profile = ProfileWith(folder, ranges) };

        var result = project.Compile(new CompileOptions { Precision = "int8", Calibration = Write(project, Noise, count: 1) });

        var warning = result.Diagnostics.ShouldHaveSingleItem();
        warning.Id.ShouldBe("MC3010");
        warning.Message.ShouldContain("it is a single sample");
        RealSqnrDb(model, result.AssetPath!).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void EqualSamplesAreUsedWithAWarning()
    {
        using var model = Network();
        using var project = new CompileProject(model);

        var result = project.Compile(new CompileOptions { Precision = "int8", Calibration = Write(project, (_, place) => MathF.Sin(place % 512)) });

        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("its 6 samples are all the same");
        RealSqnrDb(model, result.AssetPath!).ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData("fp32")]
    [InlineData("fp16-weights")]
    public void NothingIsSaidWhereCalibrationIsNotUsed(string precision)
    {
        using var project = new CompileProject(Network());

        project.Compile(new CompileOptions { Precision = precision, Calibration = Write(project, (_, _) => 0) }).Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Int8IsRefusedWhereNothingCanBeIntegerForTheDataIsNoNumber(float value)
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(new CompileOptions { Precision = "int8", Calibration = Write(project, NoiseWith(value)) });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3010", "MC4004"]);
        result.Diagnostics[0].Message.ShouldContain("'samples.npz[0]' holds NaN or infinity");
        result.Diagnostics[1].Message.ShouldContain("is NaN or infinite on calibration data");
        project.Outputs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("int8-weights", 30)]
    [InlineData("int8-dynamic", 30)]
    [InlineData("int4-weights", 15)]
    public void WeightsAreRoundedWithoutTheHelpOfDataThatIsNoNumber(string precision, double leastDb)
    {
        using var model = Network();
        using var project = new CompileProject(model);

        var result = project.Compile(new CompileOptions { Precision = precision, Calibration = Write(project, NoiseWith(float.NaN)) });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3010", "MC3011"]);
        result.Diagnostics[1].Message.ShouldContain("'y' is NaN or infinite throughout in 1 of 6 samples of the calibration data");
        RealSqnrDb(model, result.AssetPath!).ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [MemberData(nameof(RangeMethods))]
    public void HugeNumbersHaveRangesToo(string ranges)
    {
        using var folder = new TestFolder();
        using var project = new CompileProject(Network()) { Profile = ProfileWith(folder, ranges) };

        var result = project.Compile(new CompileOptions { Precision = "int8", Calibration = Write(project, (random, place) => 1e30f * Noise(random, place)) });

        result.Diagnostics.ShouldBeEmpty(); // whether images of 0 … 1 or of 0 … 255 are meant cannot be known
        result.Report!.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void ASampleOfAnotherTypeIsRefused()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float16, 1, 8);
        using var project = new CompileProject(builder.Output(builder.Node("Relu", [x]), "y", new TensorType(ElementType.Float16, Shape.Of(1, 8))).Model);

        var diagnostic = project.Compile(new CompileOptions { Calibration = project.WriteSamples("x", new float[16], 2, 8) }).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC0011");
        diagnostic.Message.ShouldContain("float16");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void ASampleOfAnotherShapeIsRefused()
    {
        using var project = new CompileProject(Network());

        var diagnostic = project.Compile(new CompileOptions { Calibration = project.WriteSamples("x", new float[2 * 3 * 8 * 8], 2, 3, 8, 8) }).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC0011");
        diagnostic.Message.ShouldContain("[1,3,8,8]");
        project.Outputs.ShouldBeEmpty();
    }

    /// <summary>x[1,8,8,8] → Conv → Relu → Flatten → Gemm with 160 × 512 weights → y[1,160].</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 8, 8, 8);
        var features = builder.Node("Relu", [Networks.Conv(builder, x, 1, 8, 8)]);
        return builder.WithOutput(builder.Node("MatMul", [builder.Node("Flatten", [features]), builder.Initializer("g", Networks.Weights(3, 512, 160))]));
    }

    private static float Noise(Random random, int place) => (random.NextSingle() * 2) - 1;

    /// <summary>Noise whose second number, in the first sample, is another one.</summary>
    private static Func<Random, int, float> NoiseWith(float value) => (random, place) => place == 1 ? value : Noise(random, place);

    /// <param name="project">Where samples are written.</param>
    /// <param name="number">Of a source of noise and the place within all samples.</param>
    /// <param name="count">Of samples.</param>
    private static string Write(CompileProject project, Func<Random, int, float> number, int count = Count)
    {
        var random = new Random(5);
        return project.WriteSamples("x", [.. Enumerable.Range(0, count * 512).Select(place => number(random, place))], count, 8, 8, 8);
    }

    private static string ProfileWith(TestFolder folder, string ranges) =>
        folder.Write("device.json", $$"""{ "extends": "linux-x64", "runtimeIdentifiers": ["linux-x64"], "quantization": { "ranges": "{{ranges}}" }, "measurableOn": [] }""");

    private static double RealSqnrDb(Model original, string asset)
    {
        using var compiled = OnnxReader.Read(asset);
        return Networks.SqnrDb(original, compiled);
    }
}
