using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Confidence;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;

namespace ModelCompiler.Compilation.Observations;

/// <summary>Whether a classifier is still less sure of inputs that are nothing it knows. Rounding can take that away and leave every right answer right.</summary>
internal sealed class OutOfDistributionDetection : IObservation
{
    /// <summary>Of each kind, for models of usual size.</summary>
    private const int MostSamples = 128;

    private const int FewestSamples = 32;

    /// <summary>Made-up inputs vary less than real ones.</summary>
    private const int MostSyntheticSamples = 48;

    /// <summary>Multiply-accumulates of all samples of a kind: 128 samples of a network of 1 billion.</summary>
    private const long Effort = 128L << 30;

    public CompileReport Observe(ShippedForm form, CompileReport report) =>
        form.Original is { IsRepeatable: true, Meaning.Scores: { } scores } original ? report with { OutOfDistribution = Measure(form, original, scores) } : report;

    private static OutOfDistributionFacts Measure(ShippedForm form, OriginalModel original, ScoreOutput scores)
    {
        if (!original.AreSamplesTypical)
            return OutOfDistributionFacts.NotTold("that takes typical samples in Evaluation or Calibration, beside which others are strange");
        form.Progress.Report(new CompileStep("asking for what is out of distribution"));
        if (Strange(original) is not { } strange)
            return OutOfDistributionFacts.NotTold("no inputs could be made up that the model runs with; give others in OutOfDistribution");

        var most = (int)Math.Clamp(Effort / Math.Max(1, original.Cost().Macs ?? Effort), FewestSamples, MostSamples);
        using var running = OrtModel.Load(form.Candidate.Path);
        var (before, after) = (new SeparationMeter(scores), new SeparationMeter(scores));
        foreach (var sample in original.Answered.Spread(most))
        {
            before.AddKnown(sample.ExpectedOutputs);
            after.AddKnown(running.Run(sample.Inputs, running.ReadableOutputs));
        }

        foreach (var sample in strange.Samples(most))
        {
            before.AddStrange(original.Running.Run(sample.Inputs, original.Running.ReadableOutputs));
            after.AddStrange(running.Run(sample.Inputs, running.ReadableOutputs));
        }

        return Math.Min(Math.Min(before.Known, before.Strange), Math.Min(after.Known, after.Strange)) == 0
            ? OutOfDistributionFacts.NotTold($"the output '{scores.Name}' gives no scores of a single sample")
            : new OutOfDistributionFacts(NameOf(form.Job), after.Known, after.Strange, [.. Separations(before, after)], null);
    }

    /// <summary>The project's own, else pictures of nothing, else inputs made up from the signature; null where none can be made up.</summary>
    private static DataSet? Strange(OriginalModel original)
    {
        if (original.OutOfDistribution is { } given)
            return given;
        if (original.Meaning.Inputs is [{ Image: not null } image] && original.TypicalInputs()[image.Value.Name].Dims.ToArray() is { Length: 3 or 4 } dims && (dims.Length == 3 || dims[0] == 1))
            return new PatternDataSet(image, dims, MostSyntheticSamples);
        try
        {
            return SyntheticDataSet.For(original.Running, original.Meaning);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static IEnumerable<SeparationFacts> Separations(SeparationMeter before, SeparationMeter after)
    {
        yield return SeparationFacts.Of("maxProbability", before.ByMaxProbability(), after.ByMaxProbability());
        if (before.ByEnergy() is { } original && after.ByEnergy() is { } compiled)
            yield return SeparationFacts.Of("energy", original, compiled);
    }

    /// <summary>Without its folders, which are the machine's business.</summary>
    private static string NameOf(CompileJob job) =>
        job.Options.Compile.OutOfDistribution is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : "synthetic";
}
