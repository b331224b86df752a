using ModelCompiler.Cost;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>One form of the model, written to the staging folder under its final name.</summary>
/// <param name="Precision">The word for the form.</param>
/// <param name="Files">The model first, then its external data.</param>
/// <param name="Cost">Of the written graph.</param>
/// <param name="Passes">What was done to the starting model.</param>
/// <param name="Quantized">What became integer; null for a form that computes in float.</param>
internal sealed record Candidate(
    string Precision, IReadOnlyList<string> Files, ModelCost Cost, PassContext Passes, QuantizationSummary? Quantized)
{
    /// <summary>The graph that is run comes as one file, which ONNX limits to 2 GB.</summary>
    private const long MostBytesToLookAt = 1L << 30;

    /// <summary>What its precision was given, but for what trains: who builds it again for a comparison does not train it again.</summary>
    public required PrecisionInputs Inputs { get; init; }

    /// <summary>Of its multiply-accumulates, those in integers; null where sizes are not known.</summary>
    public required double? IntegerMacsShare { get; init; }

    public string Path => Files[0];

    public long Bytes => Files.Sum(file => new FileInfo(file).Length);

    /// <summary>Takes a copy of the starting model through the passes of a precision.</summary>
    /// <exception cref="Contract.DiagnosticException">The precision cannot be had for this model.</exception>
    public static Candidate Build(CompileJob job, StartingModel start, Precision precision, PrecisionInputs inputs, StagingFolder staging)
    {
        var passes = new PassContext();
        using var model = start.Model.Clone();
        var quantized = precision.Apply(model, inputs, passes);
        ExporterNotes.Remove(model);
        var files = OnnxWriter.Write(model, staging.PathFor(precision.Name), ModelFiles.LayoutOf(job.Profile));
        return new Candidate(precision.Name, files, ModelCost.Of(model), passes, quantized) { Inputs = inputs with { FineTuning = null }, IntegerMacsShare = IntegerShare.OfMacs(model) };
    }

    /// <summary>
    /// Whether ONNX Runtime runs the same operators for both on this machine, so that they take equally long. False also where a model is too large to tell.
    /// </summary>
    public bool RunsTheSameOperatorsAs(Candidate other) =>
        Math.Max(Bytes, other.Bytes) <= MostBytesToLookAt && ExecutedGraph.Operators(Path).SequenceEqual(ExecutedGraph.Operators(other.Path), StringComparer.Ordinal);

    /// <summary>With what became integer corrected by what ONNX Runtime really runs on this machine.</summary>
    public Candidate Confirmed()
    {
        if (Quantized is not { } claimed || Bytes > MostBytesToLookAt)
            return this;
        using var written = OnnxReader.Read(Path);
        return this with { Quantized = ExecutedGraph.Look(Path, executed => new ExecutedKernels(executed).Confirm(written, claimed)) };
    }
}
