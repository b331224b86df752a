using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Training;

namespace ModelCompiler.Tests.Training;

/// <summary>A student that lost something learns it again from its teacher's answers.</summary>
public sealed class DistillationTests
{
    [Fact]
    public void AStudentLearnsWhatItLost()
    {
        var distilled = Train(Task());

        var outcome = distilled.Outcome.ShouldNotBeNull();
        outcome.End.ShouldBe(TrainingEnd.Finished);
        outcome.BestLoss.ShouldBeLessThan(outcome.StartLoss / 20);
        distilled.Trained.ShouldNotBeNull();
        distilled.Parameters.ShouldBe((Students.Features * Students.Hidden) + Students.Hidden + (Students.Hidden * Students.Classes) + Students.Classes);
        (distilled.Learnt, distilled.HeldOut).ShouldBe((112, 16));
        distilled.ActivationBytes.ShouldNotBeNull().ShouldBeGreaterThan(0);
        distilled.Frozen.ShouldBeEmpty();
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytes() => Bytes(Train(Task())).ShouldBe(Bytes(Train(Task())));

    [Fact]
    public void AnInterruptedTrainingGoesOnToTheSameBytes()
    {
        var checkpoints = new MemoryCheckpoints();
        Should.Throw<OperationCanceledException>(() => Distillation.Train(Task(), checkpoints, at =>
        {
            if (at.Epoch == 4)
                throw new OperationCanceledException();
        }));
        checkpoints.Saved.ShouldBe(3);

        var epochs = new List<int>();
        var resumed = Distillation.Train(Task(), checkpoints, at => epochs.Add(at.Epoch));

        epochs[0].ShouldBe(4);
        Bytes(resumed).ShouldBe(Bytes(Train(Task())));
    }

    [Fact]
    public void WhatIsFinishedIsNotTrainedAgain()
    {
        var checkpoints = new MemoryCheckpoints();
        var first = Distillation.Train(Task(), checkpoints, _ => { });

        var second = Distillation.Train(Task(), checkpoints, _ => throw new InvalidOperationException("It trains again."));

        Bytes(second).ShouldBe(Bytes(first));
        second.Outcome!.Losses.ShouldBe(first.Outcome!.Losses);
    }

    [Fact]
    public void AStudentThatIsAsGoodAsItsTeacherStaysAsItIs()
    {
        var distilled = Train(Task() with { Student = Students.Perceptron(1) });

        distilled.Trained.ShouldBeNull();
        distilled.Outcome!.Helped.ShouldBeFalse();
    }

    [Fact]
    public void ARateThatIsTooHighIsLowered()
    {
        var distilled = Train(Task() with { Rate = 100 });

        var losses = distilled.Outcome!.Losses;
        losses[1].ShouldBeGreaterThan(2 * losses[0], "the rate is too high indeed");
        distilled.Outcome.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss);
    }

    [Fact]
    public void ALossThatIsNoNumberKeepsTheStart()
    {
        var samples = Enumerable.Range(0, 32).Select(i => Tensor.Of(Enumerable.Repeat(i == 20 ? float.NaN : i / 32f, Students.Features).ToArray(), 1, Students.Features)).ToArray();

        var distilled = Train(Task() with { Samples = new Vectors(samples) });

        distilled.Outcome!.End.ShouldBe(TrainingEnd.LossNotFinite);
        distilled.Trained.ShouldBeNull();
    }

    [Fact]
    public void TimeThatIsOverKeepsTheStart()
    {
        var distilled = Train(Task() with { Time = TimeSpan.FromTicks(1) });

        distilled.Outcome!.End.ShouldBe(TrainingEnd.TimeIsOver);
        distilled.Trained.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void FewSamplesAreEnoughForATry(int samples)
    {
        var distilled = Train(Task() with { Samples = Vectors.Random(samples, 5, 1, Students.Features) });

        distilled.Outcome!.End.ShouldBe(TrainingEnd.Finished);
        distilled.Outcome.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss);
    }

    [Fact]
    public void ConstantDataTeachOneAnswer()
    {
        var one = Gradients.Numbers.Uniform(new Random(4), 1, Students.Features);

        var distilled = Train(Task() with { Samples = new Vectors([.. Enumerable.Repeat(one, 40)]) });

        distilled.Outcome!.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss / 20);
    }

    [Fact]
    public void ZerosThatMustStayDoSo()
    {
        var student = Students.Perceptron(1, noise: 0.5f);
        var sparse = student.Graph.Initializers.First(value => value.Name == "w1");
        var start = Tensor.Of(sparse.Initializer.ShouldNotBeNull().ToFloats().Select((weight, i) => i % 2 == 0 ? 0 : weight).ToArray(), Students.Features, Students.Hidden);
        sparse.Initializer = start;

        var trained = Train(Task() with { Student = student, KeepsZeros = true }).Trained.ShouldNotBeNull();

        var weights = trained.Graph.Initializers.First(value => value.Name == "w1").Initializer!.ToFloats();
        weights.Where((_, i) => i % 2 == 0).ShouldAllBe(weight => weight == 0);
        weights.Where((_, i) => i % 2 == 1).ShouldAllBe(weight => BitConverter.SingleToUInt32Bits(weight) << 16 == 0, "they are stored in 16 bits");
        weights.Where((_, i) => i % 2 == 1).Zip(start.ToFloats().Where((_, i) => i % 2 == 1)).ShouldContain(pair => pair.First != pair.Second);
    }

    [Fact]
    public void AWeightThatTwoLayersShareIsTrainedAsOne()
    {
        var distilled = Train(Task() with { Student = Twice(0.3f), Teacher = Twice(0), Samples = Vectors.Random(64, 2, 1, 6) });

        distilled.Parameters.ShouldBe(36);
        distilled.Outcome!.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss / 10);
    }

    [Fact]
    public void WhatLiesInFrontOfALoopIsFrozenAndNamed()
    {
        var distilled = Train(Task() with { Student = WithCondition(0.4f), Teacher = WithCondition(0), Samples = Vectors.Random(64, 2, 1, Students.Features) });

        distilled.Frozen.ShouldHaveSingleItem().ShouldContain("there is no gradient rule for If");
        distilled.Parameters.ShouldBe((Students.Hidden * Students.Classes) + Students.Classes);
        distilled.Trained!.Graph.Initializers.First(value => value.Name == "w1").Initializer!.ToFloats().ShouldBe(WithCondition(0.4f).Graph.Initializers.First(value => value.Name == "w1").Initializer!.ToFloats());
    }

    [Fact]
    public void AModelForOneSampleIsTrainedSampleBySample()
    {
        var distilled = Train(Task() with { Student = ForOne(0.4f), Teacher = ForOne(0), Samples = Vectors.Random(40, 2, 1, Students.Features) });

        distilled.Outcome!.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss / 5);
    }

    [Fact]
    public void ShapesThatAFileDeclaresForOneSampleDoNotBindSeveral()
    {
        var distilled = Train(Task() with { Student = Declared(0.4f), Teacher = Declared(0), Samples = Vectors.Random(64, 2, 1, Students.Features) });

        distilled.Outcome!.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss / 5);

        static Model Declared(float noise)
        {
            var model = Students.Perceptron(1, noise);
            model.Graph.Inputs[0].Type = new TensorType(ElementType.Float32, Shape.Of(1, Students.Features));
            foreach (var node in model.Graph.Nodes)
                node.Output.Type = new TensorType(ElementType.Float32, Shape.Of(1, node.Output.IsGraphOutput ? Students.Classes : Students.Hidden));
            return model;
        }
    }

    [Fact]
    public void SamplesOfDifferentShapesAreRefused()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 24).Select(i => Gradients.Numbers.Uniform(random, i == 17 ? 2 : 1, Students.Features)).ToArray();

        Should.Throw<DiagnosticException>(() => Train(Task() with { Samples = new Vectors(samples) })).Diagnostic.Id.ShouldBe("MC0011");
    }

    [Fact]
    public void ASmallerStudentLearnsFromAnotherNetwork()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", Students.Rows(Students.Features));
        var random = new Random(9);
        var w = builder.Initializer("w", Gradients.Numbers.Uniform(random, Students.Features, Students.Classes));
        builder.Output(builder.Node("Add", [builder.Node("MatMul", [x, w]), builder.Initializer("b", Gradients.Numbers.Uniform(random, Students.Classes))]), "other", Students.Rows(Students.Classes));

        var distilled = Train(Task() with { Student = builder.Model });

        distilled.Outcome!.BestLoss.ShouldBeLessThan(distilled.Outcome.StartLoss / 3);
    }

    [Fact]
    public void WhatWasTrainedRunsAndIsCloser()
    {
        var task = Task();
        using var teacher = OrtModel.Load(task.Teacher);
        using var before = OrtModel.Load(task.Student);
        using var after = OrtModel.Load(Train(task).Trained.ShouldNotBeNull());
        var unseen = Vectors.Random(50, 77, 1, Students.Features).Samples().ToArray();

        Distance(after).ShouldBeLessThan(Distance(before) / 10);

        double Distance(OrtModel model) => unseen.Sum(sample => model.Run(sample.Inputs)["y"].ToFloats().Zip(teacher.Run(sample.Inputs)["y"].ToFloats(), (a, b) => (double)(a - b) * (a - b)).Sum());
    }

    private static DistillationTask Task() => new()
    {
        Student = Students.Perceptron(1, noise: 0.4f),
        Teacher = Students.Perceptron(1),
        Samples = Vectors.Random(128, 3, 1, Students.Features),
        Inputs = [],
        Time = TimeSpan.FromMinutes(3),
    };

    private static DistilledStudent Train(DistillationTask task) => Distillation.Train(task, new NoCheckpoints(), _ => { });

    private static byte[] Bytes(DistilledStudent distilled) => OnnxWriter.ToBytes(distilled.Trained.ShouldNotBeNull());

    /// <summary>relu(x·W)·W.</summary>
    private static Model Twice(float noise)
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", Students.Rows(6));
        var (random, other) = (new Random(3), new Random(4));
        var weight = builder.Initializer("w", Tensor.Of(Gradients.Numbers.Uniform(random, 6, 6).ToFloats().Select(value => value + (noise * ((other.NextSingle() * 2) - 1))).ToArray(), 6, 6));
        return builder.Output(builder.Node("MatMul", [builder.Node("Relu", [builder.Node("MatMul", [x, weight])]), weight]), "y", Students.Rows(6)).Model;
    }

    /// <summary>A perceptron whose hidden layer passes an If.</summary>
    private static Model WithCondition(float noise)
    {
        var model = Students.Perceptron(1, noise);
        var relu = model.Graph.NodesOf("Relu")[0];
        var builder = GraphBuilder.Behind(model);
        var choice = builder.Node("If", [builder.Initializer("yes", Tensor.Scalar(true))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("then", branch => branch.Output(branch.Node("Identity", [relu.Output]))),
            ["else_branch"] = builder.Nested("else", branch => branch.Output(branch.Node("Neg", [relu.Output]))),
        });
        var last = model.Graph.NodesOf("Gemm")[1];
        last.SetInput(0, choice);
        last.Graph.OrderChanged();
        return model;
    }

    /// <summary>A perceptron that reads one row, and says so in a Reshape.</summary>
    private static Model ForOne(float noise)
    {
        var model = Students.Perceptron(1, noise);
        model.Graph.Inputs[0].Type = new TensorType(ElementType.Float32, Shape.Of(1, Students.Features));
        var builder = GraphBuilder.Behind(model);
        var output = model.Graph.Outputs[0];
        model.Graph.RemoveOutputs(_ => true);
        builder.Output(builder.Node("Reshape", [output, builder.Initializer("one", Tensor.Vector<long>(1, Students.Classes))]), "z", new TensorType(ElementType.Float32, Shape.Of(1, Students.Classes)));
        return model;
    }
}
