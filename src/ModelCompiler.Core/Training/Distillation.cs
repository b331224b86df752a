using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Training.Augmentation;
using ModelCompiler.Training.Losses;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Steps;

namespace ModelCompiler.Training;

/// <summary>Trains a student on a teacher's answers to samples without labels (Hinton, Vinyals and Dean 2015, arXiv:1503.02531).</summary>
internal static class Distillation
{
    /// <summary>The operator set that gradient rules are written for.</summary>
    private const long Opset = 17;

    /// <summary>More samples than this are not learnt from: an epoch would take longer than most budgets.</summary>
    private const int MostSamples = 50_000;

    /// <summary>Samples whose answers tell the teacher's units, and whether a model takes several at once.</summary>
    private const int Typical = 16;

    /// <summary>Lanes that every batch is enough for, so that two processors have work.</summary>
    private const int FewestLanes = 2;

    /// <param name="task">What is to be done.</param>
    /// <param name="checkpoints">Where a training that was interrupted is found.</param>
    /// <param name="report">Told after every epoch.</param>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses a model; MC4003: an operator set cannot be raised; and what the data set throws.</exception>
    public static DistilledStudent Train(DistillationTask task, ICheckpoints checkpoints, Action<TrainingProgress> report)
    {
        var samples = SamplesOf(task.Samples);
        var typical = samples.Read([.. samples.HeldOut.Take(Typical)]);
        using var teacher = Lifted(task.Teacher);
        using var student = Lifted(task.Student);
        var outputs = OutputTerms.Of(student.Graph, teacher.Graph, task.Scores);
        if (outputs.Count == 0)
            return Refused("it has no float32 output that the teacher has too");
        var batch = TrainingPlan.Batch(samples.Learn.Length);
        var part = Math.Min(PartSize.Of(typical, student, teacher), batch / FewestLanes);
        IReadOnlyList<Sample> first = [.. typical.Take(part)];
        using var network = TrainingNetwork.Of(student, LossesOf([.. outputs, .. FeaturesOf(task, student, teacher, first)], teacher, first), Batches.Join(first));
        if (network.Parameters.Count == 0)
            return Refused(network.Obstacles is [.., var last] ? $"no gradient reaches a weight through {last.Node}, since {last.Reason}" : "it has no float32 weights");

        var epochs = TrainingPlan.Epochs(MacsOf(student), MacsOf(teacher), samples.Learn.Length, samples.HeldOut.Length, task.Time);
        var recipe = new TrainingRecipe { Epochs = epochs, Batch = batch, Rate = task.Rate, KeepsZeros = task.KeepsZeros };
        using var trainer = new Trainer(network, teacher, recipe, samples, first, Images(task.Inputs, first[0]));
        var outcome = trainer.Run(new TrainingClock(task.Time, task.Clock), checkpoints, report);
        return new(outcome.Helped ? TrainedOf(task.Student, student, new TrainedWeights(network.Parameters, trainer.Best) { AreShort = task.KeepsZeros }) : null)
        {
            Outcome = outcome,
            Learnt = samples.Learn.Length,
            HeldOut = samples.HeldOut.Length,
            Parameters = network.Parameters.Sum(parameter => parameter.Start.Count),
            ActivationBytes = ModelCost.Of(network.Model).PeakActivationBytes,
            Frozen = [.. network.Obstacles.Select(obstacle => $"{obstacle.Node}, since {obstacle.Reason}")],
        };
    }

    /// <summary>Which samples of a set teach, and which judge.</summary>
    public static TrainingSamples SamplesOf(DataSet set) => TrainingSamples.Of(set, MostSamples);

    private static DistilledStudent Refused(string reason) => new((Model?)null) { Refusal = reason };

    private static Model Lifted(Model model)
    {
        var copy = model.Clone();
        PassRunner.Run(copy, [new LiftOpset(Opset), new RaiseIrVersion()], new PassContext());
        return copy;
    }

    private static IReadOnlyList<LossTerm> FeaturesOf(DistillationTask task, Model student, Model teacher, IReadOnlyList<Sample> samples)
    {
        if (task.Features <= 0)
            return [];
        var inputs = Batches.Join(samples);
        using var mine = FittedModel.Of(student, inputs);
        using var theirs = FittedModel.Of(teacher, inputs);
        return FeatureTerms.Of(mine, theirs, task.Features);
    }

    private static IReadOnlyList<(LossTerm Term, ILoss Loss)> LossesOf(IReadOnlyList<LossTerm> terms, Model teacher, IReadOnlyList<Sample> samples)
    {
        var inputs = Batches.Join(samples);
        using var fitting = FittedModel.Of(teacher, inputs);
        using var running = TeacherModel.Load(fitting, terms.Select(term => term.Teacher));
        return TermLosses.Of(terms, running, inputs);
    }

    private static long MacsOf(Model model) => ModelCost.Of(model).Macs ?? 0;

    private static Dictionary<string, ImageForm> Images(IReadOnlyList<ManifestInput> inputs, Sample sample)
    {
        var images = new Dictionary<string, ImageForm>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            if (ImageForm.Of(input, sample.Inputs[input.Value.Name].Dims) is { } form)
                images.Add(input.Value.Name, form);
        }

        return images;
    }

    /// <summary>The student as it came, unless lifting it gave its weights other names.</summary>
    private static Model TrainedOf(Model student, Model lifted, TrainedWeights weights)
    {
        var trained = (weights.FitInto(student.Graph) ? student : lifted).Clone();
        PassRunner.Run(trained, [weights], new PassContext());
        return trained;
    }
}
