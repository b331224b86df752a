using System.Security.Cryptography;
using System.Text.Json;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>Puts what a compile did and measured into the report's form.</summary>
internal static class ReportBuilder
{
    public static CompileReport Build(CompileJob job, StartingModel start, OriginalModel original, Candidate candidate, Evidence evidence) => new()
    {
        Model = job.Model,
        Profile = job.Profile.Name,
        Precision = candidate.Precision,
        Original = Facts(original),
        Compiled = new CompiledFacts(job.AssetPath, candidate.Bytes, candidate.Cost.Parameters, candidate.Cost.Macs, Sha256(candidate.Path)),
        Passes = Summarize([.. start.Passes, candidate.Passes]),
        Quantized = candidate.Quantized is { } quantized ? Facts(quantized, candidate.IntegerMacsShare) : null,
        Fidelity = evidence.Comparison is { } comparison ? FidelityFacts.Of(comparison.Fidelity) : null,
        Accuracy = evidence.Comparison?.Accuracy is { } accuracy ? AccuracyFacts.Of(accuracy, original.Labels) : null,
        Measures = evidence.Comparison is { } measured ? [.. measured.Measures.Select(MeasureFacts.Of)] : null,
        Memory = evidence.Memory is { } memory ? new MemoryFacts(memory.Compiled) { OriginalPeakBytes = memory.Original, ActivationBytes = candidate.Cost.PeakActivationBytes } : null,
        Measured = Host.At(job.Clock.GetUtcNow()),
        Calibration = CalibrationFacts.Of(evidence.Comparison?.Accuracy),
        Latency = evidence is { Original: { } before, Compiled: { } after } ? LatencyFacts.Of(before, after, Evidence.Threads) : null,
        Diagnostics = [],
    };

    public static IReadOnlyList<LadderFacts>? Ladder(IReadOnlyList<LadderRung>? rungs) => rungs?
        .Select(rung => new LadderFacts(rung.Step is { } step ? JsonNamingPolicy.CamelCase.ConvertName(step.ToString()) : "nearest", Rounded.Decibels(rung.SqnrDb)))
        .ToArray();

    /// <summary>A point of the curve that a search for the right ratio went along.</summary>
    /// <param name="ratio">The share that was to go.</param>
    /// <param name="removed">The share that went.</param>
    /// <param name="trial">The form that was measured.</param>
    /// <param name="refusal">Why it is not shipped; null where it is.</param>
    public static PruningPoint Point(double ratio, double removed, Trial trial, string? refusal)
    {
        var form = Form(trial, refusal);
        return new PruningPoint(Rounded.Share(ratio), Rounded.Share(removed))
        {
            Precision = form.Precision,
            Bytes = form.Bytes,
            Accuracy = form.Accuracy,
            AccuracyDrop = form.AccuracyDrop,
            Top1Agreement = form.Top1Agreement,
            SqnrDb = form.SqnrDb,
            Speed = form.Speed,
            Refusal = form.Refusal,
        };
    }

    /// <summary>A form that was measured.</summary>
    /// <param name="trial">What was measured.</param>
    /// <param name="refusal">Why it is not shipped; null where it is.</param>
    public static FormFacts Form(Trial trial, string? refusal) => new()
    {
        Precision = trial.Candidate.Precision,
        Bytes = trial.Candidate.Bytes,
        Accuracy = trial.Evidence.Comparison?.Accuracy is { IsError: false } accuracy ? Rounded.Share(accuracy.Compiled) : null,
        AccuracyDrop = Rounded.Share(trial.Evidence.Comparison?.Accuracy?.Drop),
        Top1Agreement = Rounded.Share(trial.Evidence.Comparison?.Fidelity.Top1Agreement),
        SqnrDb = Rounded.Decibels(trial.Evidence.Comparison?.Fidelity.SqnrDb),
        Speed = trial.Evidence.SpeedUp is { } speed ? Rounded.Ratio(speed) : null,
        Refusal = refusal,
    };

    /// <summary>What the app carries in place of the model; null where that is the model itself.</summary>
    public static CompressedFacts? Compressed(CompileJob job, IReadOnlyList<string> files) =>
        CompressedAsset.Among(files) is { } packed ? new(job.CompressedAssetPath, new FileInfo(packed).Length, Sha256(packed)) : null;

    /// <summary>The report of a model that was copied as it is.</summary>
    public static CompileReport PassedThrough(CompileJob job, long bytes, ModelCost cost) => new()
    {
        Model = job.Model,
        Profile = job.Profile.Name,
        Precision = "original",
        Original = new ModelFacts(bytes, cost.Parameters, cost.Macs),
        Compiled = new CompiledFacts(job.AssetPath, bytes, cost.Parameters, cost.Macs, Sha256(job.AssetPath)),
        Passes = [],
        Diagnostics = [],
    };

    private static ModelFacts Facts(OriginalModel original)
    {
        var cost = original.Cost();
        return new ModelFacts(original.Bytes, cost.Parameters, cost.Macs);
    }

    private static QuantizedFacts Facts(QuantizationSummary summary, double? macsShare) => new(
        summary.Eligible, summary.Integer, [.. summary.Kept.Select(kept => new Evaluation.Reports.KeptNode(kept.Node, kept.Reason))], Rounded.Share(macsShare));

    /// <summary>Each pass once, in the order in which it first did or declined something.</summary>
    private static PassFacts[] Summarize(IReadOnlyList<PassContext> passes)
    {
        var edits = passes.SelectMany(part => part.Log).CountBy(edit => edit.Pass, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var declined = passes.SelectMany(part => part.Declined).Distinct().CountBy(place => place.Pass, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. edits.Keys.Union(declined.Keys, StringComparer.Ordinal).Select(pass => new PassFacts(pass, edits.GetValueOrDefault(pass), declined.GetValueOrDefault(pass)))];
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
