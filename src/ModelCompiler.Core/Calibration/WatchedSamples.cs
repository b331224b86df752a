using System.Collections;
using System.Numerics.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>The same samples, as often as they are asked for, with an eye on NaN and infinity.</summary>
/// <param name="samples">The samples.</param>
/// <param name="found">Told the first sample that passes with NaN or infinity in an input; once.</param>
internal sealed class WatchedSamples(IEnumerable<Sample> samples, Action<Sample> found) : IEnumerable<Sample>
{
    /// <summary>False as soon as a sample with NaN or infinity has passed.</summary>
    public bool AreFinite { get; private set; } = true;

    public IEnumerator<Sample> GetEnumerator()
    {
        foreach (var sample in samples)
        {
            if (AreFinite && !sample.Inputs.Values.All(IsFinite))
            {
                AreFinite = false;
                found(sample);
            }

            yield return sample;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // MaxMagnitude hands NaN on.
    private static bool IsFinite(Graphs.Tensor tensor) => tensor.Count == 0 || tensor.Type switch
    {
        ElementType.Float32 => float.IsFinite(TensorPrimitives.MaxMagnitude(tensor.Span<float>())),
        ElementType.Float64 => double.IsFinite(TensorPrimitives.MaxMagnitude(tensor.Span<double>())),
        _ => !tensor.Type.IsFloatingPoint() || Array.TrueForAll(tensor.ToFloats(), float.IsFinite),
    };
}
