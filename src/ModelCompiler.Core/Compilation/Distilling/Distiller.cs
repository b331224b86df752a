using System.Globalization;
using ModelCompiler.Caching;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training;

namespace ModelCompiler.Compilation.Distilling;

/// <summary>Trains the forms of one job on the answers of one teacher, and remembers how each training went.</summary>
/// <param name="job">Names what the trainings follow from.</param>
/// <param name="wish">How long each may take.</param>
/// <param name="teacher">The model that forms are to answer like; left as it is.</param>
/// <param name="original">Has typical samples, and tells what inputs and outputs mean.</param>
/// <param name="progress">Told after every epoch.</param>
/// <param name="report">Told what came of each training.</param>
internal sealed class Distiller(
    CompileJob job, DistillationWish wish, Model teacher, OriginalModel original, ICompileProgress progress, Action<ModelDiagnostic> report)
{
    /// <summary>For the trainings of all models of a cache folder: of each the weights, three times over.</summary>
    private const long MostBytes = 2L << 30;

    private const long BytesOfKeptSamples = 256L << 20;

    /// <summary>Of so few samples all do everything.</summary>
    private const int FewSamples = 8;

    private readonly List<TrainingFacts> _trainings = [];
    private readonly DataSet _samples = new KeptDataSet(original.CalibrationSet, BytesOfKeptSamples);
    private readonly IReadOnlyList<ManifestInput> _inputs = original.Meaning.Inputs;
    private readonly string? _scores = ScoresOf(original);

    /// <summary>Places of the samples that judge what is trained: nothing may be fitted to them before.</summary>
    public IReadOnlyCollection<int> HeldOut => _samples.Count < FewSamples ? [] : Distillation.SamplesOf(_samples).HeldOut;

    /// <summary>Everything that was trained, in order.</summary>
    public IReadOnlyList<TrainingFacts> Trainings => _trainings;

    /// <summary>The student with better weights; null where it is best as it is.</summary>
    /// <param name="form">What is trained, for people: <c>the pruned model</c>.</param>
    /// <param name="student">Left as it is.</param>
    /// <param name="style">How it is trained.</param>
    public Model? Train(string form, Model student, DistillationStyle style)
    {
        var text = $"training {form} to answer like {TeacherName}";
        progress.Report(new CompileStep(text, 0));
        var task = new DistillationTask
        {
            Student = student,
            Teacher = teacher,
            Samples = _samples,
            Inputs = _inputs,
            Scores = _scores,
            Time = wish.Time,
            Rate = style.Rate,
            KeepsZeros = style.KeepsZeros,
            Clock = job.Clock,
        };
        var distilled = Distilled(task, text);
        var (before, after) = distilled.Trained is { } trained ? (FidelityOf(student), FidelityOf(trained)) : (null, null);
        var facts = FactsOf(form, distilled, before, after);
        _trainings.Add(facts);
        Report(facts);
        return distilled.Trained;
    }

    /// <summary>What cannot be differentiated or run as a training network is as good as it was.</summary>
    private DistilledStudent Distilled(DistillationTask task, string text)
    {
        try
        {
            return Distillation.Train(task, CheckpointsOf(task), at => progress.Report(StepOf(text, at)));
        }
        catch (DiagnosticException failure) when (failure.Diagnostic.Rule == DiagnosticRules.RuntimeRefuses || failure.Diagnostic.Rule == DiagnosticRules.OpsetNotLiftable)
        {
            return new DistilledStudent(Trained: null) { Refusal = failure.Diagnostic.Message.TrimEnd('.') };
        }
    }

    /// <summary>Adds what the last training was worth on labelled samples.</summary>
    /// <param name="accuracy">Of the student before and after; null where nothing could be judged.</param>
    public void NoteAccuracy(Accuracy? accuracy) => _trainings[^1] = _trainings[^1] with
    {
        Metric = accuracy?.Metric,
        AccuracyBefore = Rounded.Share(accuracy?.Original),
        AccuracyAfter = Rounded.Share(accuracy?.Compiled),
    };

    private string TeacherName => wish.Teacher is { } path ? $"'{Path.GetFileName(path)}'" : "the original";

    /// <summary>Where labels are classes, the only output of a row of numbers is their scores.</summary>
    private static string? ScoresOf(OriginalModel original) =>
        original.Meaning.Scores?.Name ?? (original.Samples.Classes is not null && original.Graph.Graph.Outputs is [{ Shape.Rank: 2 } only] ? only.Name : null);

    private ICheckpoints CheckpointsOf(DistillationTask task)
    {
        if (job.CacheDirectory is not { } folder || _samples.KeyOf(_samples.Count) is not { } data)
            return new NoCheckpoints();
        return new StoredCheckpoints(new ContentStore(Path.Combine(folder, "training"), MostBytes), task.KeyWith(data), job.Clock);
    }

    private static CompileStep StepOf(string text, TrainingProgress at)
    {
        var remaining = at.Remaining.TotalSeconds >= 90 ? $"{at.Remaining.TotalMinutes:0} min" : $"{at.Remaining.TotalSeconds:0} s";
        return new(string.Create(CultureInfo.InvariantCulture, $"{text}: loss {at.Loss:0.####}, of held-out samples {at.StartLoss:0.####} → {at.HeldOutLoss:0.####}, {remaining} left"), (double)at.Epoch / at.Epochs);
    }

    /// <summary>How close it is to the teacher on samples that nothing was learnt from.</summary>
    private Fidelity FidelityOf(Model student)
    {
        using var theirs = OrtModel.Load(teacher);
        using var mine = OrtModel.Load(student);
        var heldOut = Distillation.SamplesOf(_samples);
        return SideBySide.Run(theirs, mine, heldOut.Read(heldOut.HeldOut)).Fidelity;
    }

    private TrainingFacts FactsOf(string form, DistilledStudent distilled, Fidelity? before, Fidelity? after) => new(form, wish.Teacher is { } path ? Path.GetFileName(path) : null)
    {
        Refusal = distilled.Refusal ?? RefusalOf(distilled.Outcome!),
        Samples = distilled.Learnt,
        HeldOutSamples = distilled.HeldOut,
        Parameters = distilled.Parameters,
        ActivationBytes = distilled.ActivationBytes,
        Epochs = distilled.Outcome?.Epochs ?? 0,
        BestEpoch = distilled.Outcome?.BestEpoch ?? 0,
        IsShortened = distilled.Outcome is { End: TrainingEnd.Shortened or TrainingEnd.TimeIsOver },
        Losses = [.. (distilled.Outcome?.Losses ?? []).Where(double.IsFinite).Select(Rounded.Amount)],
        AgreementBefore = Rounded.Share(before?.Top1Agreement),
        AgreementAfter = Rounded.Share(after?.Top1Agreement),
        SqnrDbBefore = Rounded.Decibels(before?.SqnrDb),
        SqnrDbAfter = Rounded.Decibels(after?.SqnrDb),
        Frozen = distilled.Frozen,
    };

    private static string? RefusalOf(TrainingOutcome outcome) =>
        outcome.Helped ? null :
        outcome.End == TrainingEnd.LossNotFinite ? "the loss was no finite number any more" :
        outcome.Epochs == 0 ? "the time was over before the first pass over the samples was; raise DistillTime" :
        "no weights answered the held-out samples better than those of the start";

    private void Report(TrainingFacts facts)
    {
        if (facts.Refusal is { } reason)
            report(DiagnosticRules.DistillationDidNotHelp.Create(job.Model, facts.Form, reason));
        else
            report(DiagnosticRules.Distilled.Create(job.Model, facts.Form, TeacherName, facts.Gain, facts.Samples, facts.HeldOutSamples));
        if (facts.Frozen is [.., var nearest] && facts.Refusal is null)
            report(DiagnosticRules.LayersFrozen.Create(job.Model, nearest));
    }
}
