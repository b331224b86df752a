using System.Globalization;
using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Compilation.MixedPrecision;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>The forms in which a model can be had in one precision: the fastest first, each next one closer to the original.</summary>
/// <param name="job">The model and its profile.</param>
/// <param name="start">What candidates are made of.</param>
/// <param name="original">Tells what is typical of its inputs, and how good a form is.</param>
/// <param name="distiller">Trains a form on the original's answers; null where nothing is to be trained.</param>
/// <param name="staging">Where they are written; each takes the place of the one before.</param>
/// <param name="progress">Told what takes long.</param>
internal sealed class CandidateForms(CompileJob job, StartingModel start, OriginalModel original, Distiller? distiller, StagingFolder staging, ICompileProgress progress)
{
    /// <summary>Enough to rank layers by: a sample shows each of them thousands of numbers.</summary>
    private const int SensitivitySamples = 4;

    private readonly PrecisionInputs _inputs = new(QuantizationScheme.Of(job.Profile), OriginalCalibration.Of(original, job, progress))
    {
        InputShapes = original.TypicalShapes(),
    };

    /// <summary>Builds one form after the other, as they are asked for.</summary>
    public IEnumerable<Candidate> Of(Precision precision)
    {
        progress.Report(new CompileStep($"building {precision.Name}"));
        if (!precision.KeepsChosenLayers)
        {
            yield return Candidate.Build(job, start, precision, _inputs, staging);
            yield break;
        }

        var map = LayerMap.Of(start.Model, job.Profile.Quantization);
        var first = FastestAssignment.Of(map);
        var reasons = first.Float.ToDictionary(layer => layer.Name, _ => "float is faster there, by the profile's costs", StringComparer.Ordinal);
        var fastest = Candidate.Build(job, start, precision, _inputs with { KeptInFloat = reasons }, staging);
        if (fastest.Quantized is { Integer: 0, Kept: var kept } && !CameQuantized(start.Model))
            throw new DiagnosticException(DiagnosticRules.NothingForPrecision.Create(job.Model, precision.Name, WhatIsMissing(kept, reasons.Values)));
        yield return fastest;
        if (!original.IsRepeatable || fastest.Quantized is not { Activations: { } activations })
            yield break;

        var inputs = _inputs with { Activations = activations };
        if (distiller is not null && Trained(distiller, precision, inputs with { KeptInFloat = reasons }) is { } trained)
            yield return trained;

        var open = map.Layers.Where(layer => !first.Float.Contains(layer)).ToArray();
        var steps = new StepProgress(progress, "measuring what integers do to each layer", open.Length);
        var sensitivity = Sensitivity.Measure(start.Model, map, open, precision, inputs, original.WithOutputs(SensitivitySamples), steps);
        foreach (var assignment in FloatCurve.From(first, sensitivity))
        {
            progress.Report(new CompileStep($"building {precision.Name} with {assignment.Float.Count} of {map.Layers.Count} layers in float"));
            yield return Candidate.Build(job, start, precision, inputs with { KeptInFloat = Reasons(assignment, reasons, sensitivity) }, staging);
        }
    }

    /// <summary>The fastest form with integers that were trained; null where that gained nothing.</summary>
    private Candidate? Trained(Distiller distiller, Precision precision, PrecisionInputs inputs)
    {
        var gained = false;
        var candidate = Candidate.Build(job, start, precision, inputs with { FineTuning = Train }, staging);
        return gained ? candidate : null;

        Model? Train(Model student)
        {
            var trained = distiller.Train($"the {precision.Name} form", student, DistillationStyle.Quantized);
            gained = trained is not null;
            return trained;
        }
    }

    private static bool CameQuantized(Model model) => model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).Any(IntegerOperators.IsQuantized);

    /// <param name="kept">Everything that could be integer in another model.</param>
    /// <param name="chosen">Reasons of our own, which are none why nothing at all is integer.</param>
    private static string WhatIsMissing(IReadOnlyList<KeptNode> kept, IEnumerable<string> chosen) =>
        kept.FirstOrDefault(node => !chosen.Contains(node.Reason, StringComparer.Ordinal)) is { } first
            ? $"operator that can be computed in integers ({first.Node} is not, since {first.Reason})"
            : "Conv, Gemm or MatMul with constant float32 weights";

    private static Dictionary<string, string> Reasons(Assignment assignment, Dictionary<string, string> faster, Sensitivity sensitivity) =>
        assignment.Float.ToDictionary(layer => layer.Name, layer => faster.GetValueOrDefault(layer.Name) ?? Reason(sensitivity.SqnrDb(layer)), StringComparer.Ordinal);

    private static string Reason(double sqnr) =>
        string.Create(CultureInfo.InvariantCulture, $"integers in this layer alone would leave {sqnr:0.0} dB signal to noise at the outputs");
}
