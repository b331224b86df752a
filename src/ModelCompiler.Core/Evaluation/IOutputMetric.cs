using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>
/// Judges a compiled model by what its outputs mean: by right answers where samples are labelled, else by how often its answers are the original's.
/// One instance takes one compiled model over its samples, one at a time.
/// </summary>
public interface IOutputMetric
{
    /// <summary>Adds what both models say of a sample; one that the metric cannot judge is passed over.</summary>
    void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled);

    /// <summary>The figure over all samples so far; null where there was nothing to judge.</summary>
    Accuracy? Result();

    /// <summary>What else the same answers tell, without <see cref="Result"/>. May take its time: it is asked of what is reported, not of every form that is tried.</summary>
    IReadOnlyList<Measurement> Beside() => [];
}
