using System.IO.Compression;
using System.Security.Cryptography;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Profiles;
using ModelCompiler.Tests.Quantize;
using ModelCompiler.Tests.Quantize.Existing;

namespace ModelCompiler.Tests.Compilation;

public sealed class ModelCompilationTests
{
    [Fact]
    public void ShipsSmallerWeightsWhereNothingIsSaid()
    {
        using var project = new CompileProject(Networks.Classifier());

        var result = project.Compile(CompileOptions.None);

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3007");
        result.Report!.Precision.ShouldBe("int8-weights");
        result.Report.Compiled!.Bytes.ShouldBe(new FileInfo(result.AssetPath!).Length);
        result.Report.Compiled.Bytes.ShouldBeLessThan(result.Report.Original.Bytes);
        result.Report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(25);
        project.Outputs.ShouldBe(["m.linux-x64.card.md", "m.linux-x64.cdx.json", "m.linux-x64.onnx", "m.linux-x64.report.html", "m.linux-x64.report.json"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WritesAlsoTheCompressedFormWhereTheProfileWantsIt(bool optimize)
    {
        using var folder = new TestFolder();
        var profile = Path.Combine(folder.Path, "packed.json");
        File.WriteAllText(profile, """{ "extends": "linux-x64", "asset": { "compression": "gzip" } }""");
        using var project = new CompileProject(Networks.Classifier()) { Profile = profile };

        var result = project.Compile(CompileOptions.None, optimize);

        project.Outputs.ShouldBe(["m.packed.card.md", "m.packed.cdx.json", "m.packed.onnx", "m.packed.onnx.gz", "m.packed.report.html", "m.packed.report.json"]);
        var compressed = Path.Combine(project.Output, "m.packed.onnx.gz");
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(compressed), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        unpacked.ToArray().ShouldBe(File.ReadAllBytes(result.AssetPath!));
        var bytes = File.ReadAllBytes(compressed);
        result.Report!.Compressed.ShouldBe(new CompressedFacts(compressed, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    [Fact]
    public void WeightsInFilesOfTheirOwnCannotBeCompressed()
    {
        using var folder = new TestFolder();
        var profile = HardwareProfiles.Read(folder.Write("packed.json", """{ "extends": "linux-x64", "asset": { "compression": "gzip" } }"""));
        var job = new CompileJob { Model = "m.onnx", Name = "m", OutputDirectory = folder.Path, Profile = profile };

        Diagnosed.By(DiagnosticRules.AssetNotCompressible, () => CompressedAsset.Beside(job, [folder.Write("m.packed.onnx", "model"), folder.Write("m.packed.onnx.data", "weights")]));
    }

    [Fact]
    public void DeliversThePrecisionThatWasAskedFor()
    {
        using var project = new CompileProject(Networks.Classifier());

        var report = project.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(project) }).Report!;

        report.Precision.ShouldBe("int8");
        report.Quantized!.Eligible.ShouldBe(report.Quantized.Integer + report.Quantized.Kept.Count);
        report.Quantized.Integer.ShouldBeGreaterThan(0);
        report.Passes.ShouldContain(pass => pass.Name == "QuantizeStatically" && pass.Edits > 0);
    }

    [Fact]
    public void CompletesAModelOfWhichAPartCameQuantized()
    {
        using var project = new CompileProject(CompleteQuantizationTests.ResidualBlock());

        var report = project.Compile(new CompileOptions { Precision = "int8", Calibration = project.WriteSamples("x", [.. Networks.Weights(1, 8, 4, 8, 8).ToFloats()], 8, 4, 8, 8) }).Report!;

        report.Quantized!.Eligible.ShouldBe(6);
        report.Quantized.Eligible.ShouldBe(report.Quantized.Integer + report.Quantized.Kept.Count);
        report.Quantized.Integer.ShouldBeGreaterThan(1); // as many as pay, by the profile's costs, beside the one that came
        report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(25);
    }

    [Fact]
    public void RefusesAnOperatorThatNobodyKnowsByName()
    {
        var builder = new GraphBuilder(13).Opset("test.unknown", 1);
        var first = Networks.Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 4);
        var model = builder.WithOutput(Networks.Conv(builder, builder.Node("Mystery", [first], null, "test.unknown"), 2, 4, 4));
        using var project = new CompileProject(model);

        var result = project.Compile(CompileOptions.None);

        result.AssetPath.ShouldBeNull();
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("Mystery");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void ForANeuralProcessorTheReportSaysWhatIsInTheFile()
    {
        using var project = new CompileProject(Networks.Classifier()) { Profile = "qnn-arm64" };

        var report = project.Compile(new CompileOptions { Calibration = Noise(project) }).Report!;

        report.Precision.ShouldBe("int8");
        report.Quantized!.Kept.ShouldBeEmpty("that the CPU here has no 16-bit kernels says nothing of the device");
        report.Quantized.Integer.ShouldBe(4);
        report.Latency.ShouldBeNull("there is no such device here");
        project.Outputs.ShouldBe(["m.qnn-arm64.card.md", "m.qnn-arm64.cdx.json", "m.qnn-arm64.onnx", "m.qnn-arm64.report.html", "m.qnn-arm64.report.json"]);
    }

    [Fact]
    public void ReportsWhatEachStepOfTheLadderIsWorth()
    {
        using var project = new CompileProject(Networks.Classifier());

        var report = project.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(project) }).Report!;

        report.Ladder.ShouldNotBeNull().Select(rung => rung.Step).ShouldBe(["nearest", "smoothActivations", "errorFeedback", "correctBias"]); // between convolutions there is nothing to even out
        report.Ladder[^1].SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(report.Ladder[0].SqnrDb!.Value);
        File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.report.json")).ShouldContain("\"ladder\"");
    }

    [Fact]
    public void ReportsNoLadderWhereNoneIsClimbed()
    {
        using var project = new CompileProject(Networks.Classifier());

        project.Compile(new CompileOptions { Precision = "int8-weights", Calibration = Noise(project) }).Report!.Ladder.ShouldBeNull();
    }

    [Fact]
    public void ChoosesAmongTheFormsThatTheModelHasSomethingFor()
    {
        using var project = new CompileProject(Networks.Classifier());

        var result = project.Compile(new CompileOptions { Precision = "auto" });

        var chosen = result.Diagnostics.ShouldHaveSingleItem();
        chosen.Id.ShouldBe("MC3007");
        chosen.Message.ShouldContain("not int4-weights, since the model has nothing for it");
        result.AssetPath.ShouldNotBeNull();
    }

    [Fact]
    public void GivesTheSameAssetTwice()
    {
        using var project = new CompileProject(Networks.Classifier());
        var options = new CompileOptions { Precision = "int8", Calibration = Noise(project) };

        var first = project.Compile(options).Report!.Compiled!.Sha256;

        project.Compile(options).Report!.Compiled!.Sha256.ShouldBe(first);
    }

    [Fact]
    public void SaysThatTheOutputFolderCannotBeMade()
    {
        using var project = new CompileProject(Networks.Classifier());
        File.WriteAllText(project.Output, "a file where the folder should be");

        var diagnostic = project.Compile(CompileOptions.None).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC5002");
        diagnostic.File.ShouldBe(project.Output);
    }

    [Fact]
    public void SaysThatInt8NeedsCalibrationData()
    {
        using var project = new CompileProject(Networks.Classifier());

        project.Compile(new CompileOptions { Precision = "int8" }).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3006");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void SaysWhichPrecisionsTheProfileRuns()
    {
        using var project = new CompileProject(Networks.Classifier()) { Profile = "portable" };

        var diagnostic = project.Compile(new CompileOptions { Precision = "int8", Calibration = Noise(project) }).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC4001");
        diagnostic.Message.ShouldContain("int8-weights");
    }

    [Fact]
    public void FailsOverTheSizeBudgetAndLeavesNothing()
    {
        using var project = new CompileProject(Networks.Classifier());
        project.Compile(CompileOptions.None).AssetPath.ShouldNotBeNull();

        var result = project.Compile(new CompileOptions { MaxSize = "1kB" });

        result.AssetPath.ShouldBeNull();
        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3002" && diagnostic.Severity == DiagnosticSeverity.Error);
        result.Report!.Compiled.ShouldBeNull();
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void FailsOverTheAccuracyBudgetOfADemandedPrecision()
    {
        using var project = new CompileProject(Coarse());
        var samples = project.WriteSamples("x", [.. Enumerable.Range(0, 64).Select(i => i / 64f)], 64, 1);

        var result = project.Compile(new CompileOptions { Precision = "int8-weights", Calibration = samples, MaxAccuracyDrop = "0.5%" });

        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3004");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void GivesWayToAnotherPrecisionThatKeepsTheBudget()
    {
        using var project = new CompileProject(Coarse());
        var samples = project.WriteSamples("x", [.. Enumerable.Range(0, 64).Select(i => i / 64f)], 64, 1);

        var result = project.Compile(new CompileOptions { Calibration = samples, MaxAccuracyDrop = "0.5%" });

        result.AssetPath.ShouldNotBeNull();
        result.Report!.Precision.ShouldNotBe("int8-weights");
        result.Report.Fidelity!.Top1Agreement.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.995);
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("not int8-weights, since");
    }

    [Fact]
    public void FixesNamedDimensions()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4)])));
        var y = builder.Node("Relu", [x]);
        using var project = new CompileProject(builder.Output(y, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4)]))).Model);

        project.Compile(new ModelOptions { Dims = new([new DimensionBinding("batch", 1)]) }).AssetPath.ShouldNotBeNull();

        using var compiled = OnnxReader.Read(Path.Combine(project.Output, "m.linux-x64.onnx"));
        compiled.Graph.Inputs[0].Shape.ShouldBe(Shape.Of(1, 4));
        compiled.Graph.Outputs[0].Shape.ShouldBe(Shape.Of(1, 4));
    }

    [Fact]
    public void CopiesTheModelWhereOptimizingIsOff()
    {
        using var project = new CompileProject(Networks.Classifier());

        var result = project.Compile(CompileOptions.None, optimize: false);

        File.ReadAllBytes(result.AssetPath!).ShouldBe(File.ReadAllBytes(project.ModelPath));
        result.Report!.Precision.ShouldBe("original");
    }

    [Fact]
    public void BringsExternalDataIntoTheAsset()
    {
        using var model = Networks.Classifier();
        using var external = OnnxReader.Read(OnnxWriter.ToBytes(model));
        using var project = new CompileProject(WithExternalWeights(external));

        project.Compile(new CompileOptions { Precision = "fp32" }).AssetPath.ShouldNotBeNull();

        project.Outputs.ShouldBe(["m.linux-x64.card.md", "m.linux-x64.cdx.json", "m.linux-x64.onnx", "m.linux-x64.report.html", "m.linux-x64.report.json"]);
        using var compiled = OnnxReader.Read(Path.Combine(project.Output, "m.linux-x64.onnx"));
        ModelOutputs.MaxRelativeError(model, compiled).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void DoesNotCompareAModelThatAnswersDifferentlyEachTime()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 8);
        var noise = builder.Node("RandomNormalLike", [x]);
        using var project = new CompileProject(builder.Output(builder.Node("Add", [x, noise]), "y", new TensorType(ElementType.Float32, Shape.Of(1, 8))).Model);

        var result = project.Compile(new CompileOptions { Precision = "fp32" });

        result.AssetPath.ShouldNotBeNull();
        result.Report!.Fidelity.ShouldBeNull();
    }

    [Fact]
    public void FindsSizesThatAModelWithALeastLengthRunsWith()
    {
        var builder = new GraphBuilder(13);
        var open = new TensorType(ElementType.Float32, new Shape([Dimension.Of(1), Dimension.Of(1), Dimension.Unknown]));
        var x = builder.Input("x", open);
        var y = builder.Node("Conv", [x, builder.Initializer("w", Networks.Weights(1, 1, 1, 20))]);
        using var project = new CompileProject(builder.Output(y, "y", open).Model);

        project.Compile(CompileOptions.None).Report!.Fidelity!.Samples.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void RefusesToTrainOnNothing()
    {
        using var project = new CompileProject(Networks.Classifier());

        project.Compile(new CompileOptions { Distill = true }).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3030");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void LeavesNothingOfAModelThatOnnxRuntimeCannotRun()
    {
        var builder = new GraphBuilder(13).Opset("acme", 1);
        var x = builder.Input("x", ElementType.Float32, 1, 8);
        using var project = new CompileProject(builder.Output(builder.Node("Sparkle", [x], domain: "acme"), "y", new TensorType(ElementType.Float32, Shape.Of(1, 8))).Model);

        var diagnostic = project.Compile(CompileOptions.None).Diagnostics.ShouldHaveSingleItem();

        diagnostic.Id.ShouldBe("MC1010");
        diagnostic.Message.ShouldContain("Sparkle");
        project.Outputs.ShouldBeEmpty();
    }

    private static string Noise(CompileProject project) => project.WriteSamples(
        "x", [.. Networks.Samples(Networks.Classifier(), 4).SelectMany(sample => sample.Inputs["x"].ToFloats())], 4, 3, 12, 12);

    /// <summary>
    /// Two classes whose scores cross at x = 0.5 by a difference of weights that 8 bits cannot hold beside the large weight in the same channel;
    /// the inputs of all other weights are 0, so that no other rounding can make up for it. Beside what both scores have in common, the error is small.
    /// </summary>
    private static Model Coarse()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(1)])));
        var wide = builder.Node("MatMul", [x, builder.Initializer("spread", Tensor.Of([.. Enumerable.Range(0, 256).Select(i => i switch { 0 => 1f, 1 => 1e-3f, _ => 0f })], 1, 256))]);
        var weights = new float[256 * 2];
        (weights[0], weights[1]) = (0f, 39f); // large, so that the scores leave no doubt which class it is
        (weights[2], weights[3]) = (27000f, 27000f);
        var scores = builder.Node("Gemm", [wide, builder.Initializer("w", Tensor.Of(weights, 256, 2)), builder.Initializer("b", Tensor.Of([100_019.5f, 100_000f], 2))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(2)]))).Model;
    }

    private static Model WithExternalWeights(Model source)
    {
        var copy = source.Clone();
        foreach (var value in copy.Graph.Initializers)
            value.Initializer = new Tensor(value.Initializer!.Type, value.Initializer.Dims, value.Initializer.Data) { ExternalFile = "weights.bin" };
        return copy;
    }
}
