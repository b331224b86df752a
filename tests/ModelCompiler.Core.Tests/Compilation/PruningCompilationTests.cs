using System.Text.Json;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary><c>Pruning</c> from the project's words to the asset and its report.</summary>
public sealed class PruningCompilationTests
{
    [Theory]
    [InlineData("fp32")]
    [InlineData("int8")]
    [InlineData("int8-weights")]
    public void TakesTheShareThatIsAskedForInEveryPrecision(string precision)
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Channels("30%", Calibration(project)) with { Precision = precision });

        result.Diagnostics.ShouldBeEmpty();
        var pruning = result.Report!.Pruning.ShouldNotBeNull();
        (pruning.Method, pruning.Unit, pruning.Asked).ShouldBe(("channels", "multiply-accumulates", 0.3));
        pruning.Removed.ShouldBeGreaterThanOrEqualTo(0.3);
        result.Report.Compiled!.Macs.ShouldNotBeNull().ShouldBeLessThanOrEqualTo((long)(0.7 * result.Report.Original.Macs!.Value));
        result.Report.Passes.ShouldContain(pass => pass.Name == nameof(ModelCompiler.Passes.RepairLayers) && pass.Edits > 0);
    }

    [Theory]
    [InlineData("weights", "60%", "fp32", 0.6)]
    [InlineData("weights", null, "int8", 0.5)]
    [InlineData("2:4", null, "int8-weights", 0.5)]
    public void ZerosAmongTheWeightsMakeThePackageSmaller(string method, string? ratio, string precision, double share)
    {
        using var project = new CompileProject(Network());
        var options = new CompileOptions { Pruning = method, PruningRatio = ratio, Calibration = Calibration(project), Precision = precision };

        var whole = project.Compile(options with { Pruning = null, PruningRatio = null }).Report!;
        var wholePacked = CompressedSize.OfFile(Path.Combine(project.Output, "m.linux-x64.onnx"));
        var result = project.Compile(options);

        result.Diagnostics.ShouldBeEmpty();
        var pruning = result.Report!.Pruning.ShouldNotBeNull();
        pruning.Unit.ShouldBe("weights");
        pruning.Removed.ShouldBe(share, 0.03);
        pruning.PackedBytes.ShouldBe(CompressedSize.OfFile(Path.Combine(project.Output, "m.linux-x64.onnx")));
        pruning.PackedBytes.ShouldBeLessThan(wholePacked * 9 / 10);
        result.Report.Compiled!.Macs.ShouldBe(whole.Compiled!.Macs);
    }

    [Theory]
    [InlineData("weights", "1")]
    [InlineData("2:4", "60%")]
    public void RefusesASharePatternsCannotHave(string method, string ratio)
    {
        using var project = new CompileProject(Network());

        var error = project.Compile(new CompileOptions { Pruning = method, PruningRatio = ratio }).Diagnostics.ShouldHaveSingleItem();

        error.Id.ShouldBe("MC0003");
        error.Message.ShouldContain("50 %");
    }

    [Fact]
    public void KeepsInputsAndOutputs()
    {
        using var project = new CompileProject(Network());

        project.Compile(Channels("30%", Calibration(project)) with { Precision = "fp32" });

        using var before = OnnxReader.Read(project.ModelPath);
        using var after = OnnxReader.Read(Path.Combine(project.Output, "m.linux-x64.onnx"));
        after.Graph.Inputs.Select(Signature).ShouldBe(before.Graph.Inputs.Select(Signature));
        after.Graph.Outputs.Select(Signature).ShouldBe(before.Graph.Outputs.Select(Signature));
    }

    [Fact]
    public void BacksOffUntilAccuracyKeepsItsBudget()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Channels("80%", Calibration(project)) with { Precision = "fp32", MaxAccuracyDrop = "1%" });

        var warning = result.Diagnostics.ShouldHaveSingleItem();
        (warning.Id, warning.Severity).ShouldBe(("MC3012", DiagnosticSeverity.Warning));
        warning.Message.ShouldContain("in place of 80 %, since top-1 accuracy");
        var pruning = result.Report!.Pruning!;
        pruning.Removed.ShouldBeLessThan(0.8);
        pruning.Curve.Count.ShouldBeGreaterThan(1);
        pruning.Curve.SkipLast(1).ShouldAllBe(point => point.Refusal != null);
        pruning.Curve[^1].Refusal.ShouldBeNull();
        result.Report.Fidelity!.ExpectedTop1Drop.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.01);
    }

    [Fact]
    public void PrunesOnlyAsMuchAsASizeNeeds()
    {
        using var project = new CompileProject(Network());
        var whole = project.Compile(new CompileOptions { Precision = "fp32" }).Report!.Compiled!.Bytes;
        var calibration = Calibration(project);

        var result = project.Compile(Channels(null, calibration) with { Precision = "fp32", MaxSize = $"{whole * 3 / 4}" });

        result.AssetPath.ShouldNotBeNull();
        result.Report!.Compiled!.Bytes.ShouldBeLessThanOrEqualTo(whole * 3 / 4);
        var curve = result.Report.Pruning!.Curve;
        curve[0].Ratio.ShouldBe(0);
        curve[^2].Bytes.ShouldNotBeNull().ShouldBeGreaterThan(whole * 3 / 4, "the ratio before is not enough");
    }

    [Fact]
    public void FailsWhereNoRatioIsSmallEnough()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Channels(null, Calibration(project)) with { Precision = "fp32", MaxSize = "1kB" });

        result.AssetPath.ShouldBeNull();
        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3002" && diagnostic.Severity == DiagnosticSeverity.Error);
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void WithoutDataItWarnsAndStillPrunes()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Channels("20%", null) with { Precision = "fp32" });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3014");
        result.Report!.Pruning!.Removed.ShouldBeGreaterThanOrEqualTo(0.2);
    }

    [Fact]
    public void SaysWhyNothingCanGo()
    {
        var builder = new GraphBuilder(13);
        using var project = new CompileProject(builder.WithOutput(Networks.Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8)));

        var error = project.Compile(Channels("20%", null)).Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        error.Id.ShouldBe("MC3013");
        error.Message.ShouldContain("output of the model");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void SaysWhichSizesAreOpen()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Of(1), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w")])));
        using var project = new CompileProject(builder.WithOutput(Networks.Conv(builder, Networks.Conv(builder, x, 1, 3, 16), 2, 16, 8)));

        project.Compile(Channels("20%", null)).Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3013" && diagnostic.Message.Contains("Dims"));
        project.Compile(new ModelOptions { Dims = new([new("h", 8), new("w", 8)]), Compile = Channels("20%", null) }).AssetPath.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("100%")]
    public void RefusesARatioThatSaysNothing(string? ratio)
    {
        using var project = new CompileProject(Network());

        var error = project.Compile(Channels(ratio, null)).Diagnostics.ShouldHaveSingleItem();

        error.Id.ShouldBe("MC0003");
        error.Message.ShouldContain("MaxSize");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void ARatioOfNothingPrunesNothing()
    {
        using var project = new CompileProject(Network());
        var plain = project.Compile(new CompileOptions { Precision = "fp32" }).Report!.Compiled!.Sha256;

        var result = project.Compile(Channels("0", null) with { Precision = "fp32" });

        result.Diagnostics.ShouldBeEmpty();
        result.Report!.Compiled!.Sha256.ShouldBe(plain);
    }

    [Fact]
    public void LatencyIsNoGoalWhereItCannotBeMeasured()
    {
        using var project = new CompileProject(Network()) { Profile = "ios-arm64" };

        project.Compile(Channels(null, Calibration(project)) with { MaxLatency = "1ms" }).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3015");
    }

    [Fact]
    public void GivesTheSameAssetTwice()
    {
        using var project = new CompileProject(Network());
        var options = Channels("30%", Calibration(project)) with { Precision = "int8" };

        var first = project.Compile(options).Report!;
        var second = project.Compile(options).Report!;

        second.Compiled!.Sha256.ShouldBe(first.Compiled!.Sha256);
        JsonSerializer.Serialize(second.Pruning! with { Curve = [] }).ShouldBe(JsonSerializer.Serialize(first.Pruning! with { Curve = [] }));
    }

    private static CompileOptions Channels(string? ratio, string? calibration) => new() { Pruning = "channels", PruningRatio = ratio, Calibration = calibration };

    private static string Calibration(CompileProject project) => project.WriteSamples(
        "x", [.. Networks.Samples(Network(), 48).SelectMany(sample => sample.Inputs["x"].ToFloats())], 48, 3, 12, 12);

    private static (string Name, string? Type) Signature(Value value) => (value.Name, value.Type?.ToString());

    /// <summary>Three convolutions with room for kernels of 8 channels, and ten classes.</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 12, 12);
        var first = builder.Node("Relu", [Networks.Conv(builder, x, 1, 3, 32)]);
        var second = builder.Node("Relu", [Networks.Conv(builder, first, 2, 32, 32)]);
        var third = builder.Node("Relu", [Networks.Conv(builder, second, 3, 32, 32)]);
        var flat = builder.Node("Flatten", [third]);
        var scores = builder.Node("Gemm", [flat, builder.Initializer("g", Networks.Weights(4, 32 * 12 * 12, 10)), builder.Initializer("c", Networks.Weights(5, 10))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, Shape.Of(1, 10))).Model;
    }
}
