using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Profiles;
using ModelCompiler.Tests.Training;

namespace ModelCompiler.Tests.Compilation;

/// <summary><c>Distill</c>, <c>DistillTime</c> and <c>Teacher</c> from the project's words to the asset and its report.</summary>
public sealed class DistillationCompilationTests
{
    private const int Samples = 512;

    [Fact]
    public void APrunedModelIsTrainedUntilItAnswersLikeTheOriginal()
    {
        using var project = new CompileProject(Network());
        var evaluation = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "evaluation.npz");
        File.Move(project.WriteSamples("x", Numbers(200 * 16, seed: 6), 200, 16), evaluation);
        var options = Pruned(project) with { Evaluation = evaluation };

        var fitted = project.Compile(options).Report!;
        var trained = project.Compile(options with { Distill = true });

        trained.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3031");
        trained.Report!.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(fitted.Fidelity!.SqnrDb!.Value + 0.5);
        trained.Report.Compiled!.Macs.ShouldBe(fitted.Compiled!.Macs);
        var training = trained.Report.Trainings.ShouldHaveSingleItem();
        (training.Form, training.Teacher, training.Refusal).ShouldBe(("the pruned model", null, null));
        (training.Samples, training.HeldOutSamples).ShouldBe((448, 64));
        training.Losses[training.BestEpoch].ShouldBe(training.Losses.Min());
        trained.Report.Tried[0].Refusal.ShouldBe("it was trained");
    }

    [Fact]
    public void WhatKeepsItsBudgetIsNotTrained()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Pruned(project) with { PruningRatio = "5%", MaxAccuracyDrop = "20%", Distill = true });

        result.Report!.Trainings.ShouldBeEmpty();
        result.Diagnostics.ShouldNotContain(diagnostic => diagnostic.Id == "MC3031");
    }

    [Fact]
    public void ZerosStayZeros()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(new CompileOptions { Pruning = "2:4", Precision = "fp32", Calibration = Calibration(project), Distill = true });

        result.Report!.Trainings.ShouldHaveSingleItem().Refusal.ShouldBeNull();
        result.Report.Pruning!.Removed.ShouldBe(0.5, 0.01);
        using var compiled = OnnxReader.Read(result.AssetPath!);
        var weights = compiled.Graph.Initializers.Select(value => value.Initializer!).Where(tensor => tensor.Rank == 2 && tensor.Dims[0] % 4 == 0).ToArray();
        weights.ShouldNotBeEmpty();
        weights.ShouldAllBe(tensor => tensor.ToFloats().Count(weight => weight == 0) >= tensor.Count / 2);
    }

    [Fact]
    public void AnInt8FormThatLosesTooMuchIsTrained()
    {
        using var project = new CompileProject(Network(softmax: true));
        var options = new CompileOptions { Precision = "int8", Calibration = Calibration(project), MinAgreement = "100%", Distill = true };

        var result = project.Compile(options);

        var training = result.Report!.Trainings.ShouldNotBeNull().ShouldHaveSingleItem();
        training.Form.ShouldBe("the int8 form");
        training.Parameters.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void AStudentLearnsFromItsTeacherBeforeItIsCompiled()
    {
        using var project = new CompileProject(Students.Perceptron(1, noise: 0.6f));
        var calibration = project.WriteSamples("x", Numbers(Samples * Students.Features), Samples, Students.Features);
        var teacher = Write(project, "big.onnx", Students.Perceptron(1));

        var result = project.Compile(new CompileOptions { Precision = "fp32", Calibration = calibration, Teacher = teacher });

        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("'big.onnx'");
        var training = result.Report!.Trainings.ShouldHaveSingleItem();
        (training.Form, training.Teacher).ShouldBe(("the model", "big.onnx"));
        training.Losses[training.BestEpoch].ShouldBeLessThan(training.Losses[0] / 5);
        result.Report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(80, "what is compiled is compared with the trained student");
        using var before = OnnxReader.Read(project.ModelPath);
        using var after = OnnxReader.Read(result.AssetPath!);
        after.Graph.Outputs.Select(output => output.Name).ShouldBe(before.Graph.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void ATeacherOfOtherOutputsIsRefused()
    {
        using var project = new CompileProject(Students.Perceptron(1));
        var calibration = project.WriteSamples("x", Numbers(Samples * Students.Features), Samples, Students.Features);
        var builder = new GraphBuilder(17);
        builder.Output(builder.Node("Relu", [builder.Input("x", Students.Rows(Students.Features))]), "y", Students.Rows(Students.Features));

        var error = project.Compile(new CompileOptions { Calibration = calibration, Teacher = Write(project, "other.onnx", builder.Model) }).Diagnostics.ShouldHaveSingleItem();

        error.Id.ShouldBe("MC0028");
        error.Message.ShouldContain("where the model makes float[1,4] ('y'), it makes float[1,8]");
        project.Outputs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0s", null, "MC0003")]
    [InlineData("3min", "nowhere.onnx", "MC0001")]
    public void WhatCannotBeIsRefusedBeforeAnythingIsDone(string time, string? teacher, string id)
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Pruned(project) with { Distill = true, DistillTime = time, Teacher = teacher });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe(id);
        project.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void TooLittleTimeLeavesTheModelAsItWas()
    {
        using var project = new CompileProject(Network());

        var result = project.Compile(Pruned(project) with { Distill = true, DistillTime = "1us" });

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3032");
        result.AssetPath.ShouldNotBeNull();
        var training = result.Report!.Trainings.ShouldHaveSingleItem();
        (training.Epochs, training.BestEpoch).ShouldBe((0, 0));
        training.Refusal.ShouldNotBeNull().ShouldContain("raise DistillTime");
    }

    [Fact]
    public void AnInterruptedCompileGoesOnAndEndsWithTheSameBytes()
    {
        using var project = new CompileProject(Network());
        using var cache = new TestFolder();
        using var other = new TestFolder();
        var options = Pruned(project) with { Distill = true };
        var job = new CompileJob
        {
            Model = project.ModelPath,
            Name = "m",
            OutputDirectory = project.Output,
            Profile = HardwareProfiles.Read("linux-x64"),
            Options = new ModelOptions { Compile = options },
            CacheDirectory = cache.Path,
        };

        Should.Throw<OperationCanceledException>(() => ModelCompilation.Compile(job, new Interruption("training", 12)));
        project.Outputs.ShouldBeEmpty("nothing half-trained ships");
        var progress = new Interruption("training", int.MaxValue);
        var resumed = ModelCompilation.Compile(job, progress).Report!;
        var whole = ModelCompilation.Compile(job with { CacheDirectory = other.Path, OutputDirectory = other.Path }, new Interruption("training", int.MaxValue)).Report!;

        progress.Seen.ShouldBe(whole.Trainings![0].Epochs, "its beginning, and every epoch but the first, which was kept");
        resumed.Compiled!.Sha256.ShouldBe(whole.Compiled!.Sha256);
    }

    [Fact]
    public void TheSameTrainingIsTakenFromTheCache()
    {
        using var project = new CompileProject(Network()) { CacheDirectory = Directory.CreateTempSubdirectory().FullName };
        var options = Pruned(project) with { Distill = true };

        var first = project.Compile(options).Report!;
        var second = project.Compile(options with { MaxSize = "1MB" }).Report!;

        project.Steps.Count(step => step.StartsWith("training", StringComparison.Ordinal)).ShouldBe(1, "its beginning, and no epoch");
        second.Trainings![0].Losses.ShouldBe(first.Trainings![0].Losses);
        second.Compiled!.Sha256.ShouldBe(first.Compiled!.Sha256);
        Directory.Delete(project.CacheDirectory!, recursive: true);
    }

    /// <summary>Three layers, the first two of which can lose channels.</summary>
    /// <param name="softmax">Whether they end in the probabilities of six classes.</param>
    private static Model Network(bool softmax = false)
    {
        var builder = new GraphBuilder(17);
        var random = new Random(11);
        var value = builder.Input("x", Students.Rows(16));
        int[] widths = [16, 48, 48, 6];
        for (var layer = 0; layer < 3; layer++)
        {
            var weight = Tensor.Of([.. Enumerable.Range(0, widths[layer] * widths[layer + 1]).Select(_ => ((random.NextSingle() * 2) - 1) * MathF.Sqrt(3f / widths[layer]))], widths[layer], widths[layer + 1]);
            value = builder.Node("Gemm", [value, builder.Initializer($"w{layer}", weight), builder.Initializer($"b{layer}", Training.Gradients.Numbers.Uniform(random, widths[layer + 1]))]);
            value = layer < 2 ? builder.Node("Relu", [value]) : value;
        }

        return builder.Output(softmax ? builder.Node("Softmax", [value]) : value, "y", Students.Rows(6)).Model;
    }

    private static CompileOptions Pruned(CompileProject project) => new() { Pruning = "channels", PruningRatio = "50%", Precision = "fp32", Calibration = Calibration(project) };

    private static string Calibration(CompileProject project) => project.WriteSamples("x", Numbers(Samples * 16), Samples, 16);

    private static float[] Numbers(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static string Write(CompileProject project, string name, Model model) => OnnxWriter.Write(model, Path.Combine(Path.GetDirectoryName(project.ModelPath)!, name))[0];

    /// <summary>Ends the compile at the n-th step of a kind.</summary>
    private sealed class Interruption(string kind, int last) : ICompileProgress
    {
        public int Seen { get; private set; }

        public void Report(CompileStep step)
        {
            if (step.Text.StartsWith(kind, StringComparison.Ordinal) && ++Seen == last)
                throw new OperationCanceledException();
        }
    }
}
