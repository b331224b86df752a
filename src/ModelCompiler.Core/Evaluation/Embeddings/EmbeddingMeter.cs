using System.Numerics.Tensors;
using ModelCompiler.Calibration;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Evaluation.Embeddings;

/// <summary>
/// How well embeddings find their like. With labels recall@1: how often the nearest of all other samples has the label of the sample that is asked for (as image
/// retrieval is judged: Jégou et al. 2011, Oh Song et al. 2016); a sample that is the only one with its label is not asked for. Beside it how similar the compiled model's
/// embeddings are to the original's, and how often they have the same neighbour.
/// </summary>
/// <param name="output">The output with the embedding.</param>
/// <param name="samples">How many samples there are about, so that those kept are spread over them.</param>
/// <remarks>Embeddings are kept of so many samples that comparing all with all takes no more than <see cref="MostMacs"/>: 2,048 of 512 numbers.</remarks>
public sealed class EmbeddingMeter(string output, int samples) : IOutputMetric
{
    /// <summary>Multiply-accumulates of comparing all with all, if no half of them were left out.</summary>
    private const long MostMacs = 1L << 31;

    /// <summary>Among fewer, the neighbour is the same by chance.</summary>
    private const int FewestToCompare = 10;

    private readonly PairedMeans _similarities = new();
    private readonly List<float[]?> _original = [];
    private readonly List<float[]?> _compiled = [];
    private readonly List<int?> _labels = [];
    private (int[] Original, int[] Compiled)? _nearest;
    private int _seen;

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (!original.TryGetValue(output, out var wanted) || !Direction.IsVector(wanted))
            return;
        var expected = Direction.Of(wanted);
        var actual = ReferenceEquals(original, compiled) ? expected : Direction.Of(compiled[output]);
        if (expected is not null)
            _similarities.Add(1, actual is null ? 0 : TensorPrimitives.Dot(expected, actual));
        if (_seen++ % Stride(wanted.Count) != 0)
            return;
        _nearest = null;
        _original.Add(expected);
        _compiled.Add(actual);
        _labels.Add(sample.Label);
    }

    /// <summary>Recall@1 of both models; null where no two samples have the same label.</summary>
    public Accuracy? Result()
    {
        var alike = _labels.OfType<int>().CountBy(label => label).Where(label => label.Value > 1).Select(label => label.Key).ToHashSet();
        if (alike.Count == 0)
            return null;
        var (before, after) = Nearest();
        var recall = new ProportionAccuracy("recall@1", 0, 0, 0, 0);
        for (var i = 0; i < _labels.Count; i++)
        {
            if (_labels[i] is { } label && alike.Contains(label))
                recall = recall.With(IsOf(label, before[i]), IsOf(label, after[i]));
        }

        return recall;
    }

    public IReadOnlyList<Measurement> Beside() => [.. Similarities(), .. Neighbours()];

    private IEnumerable<Measurement> Similarities()
    {
        if (_similarities.Samples == 0)
            yield break;
        yield return Measurement.Of("cosine similarity to the original", MeasureUnit.Cosine, higherIsBetter: true, _similarities.Figure() with { Least = -1, Most = 1 }).ToOriginal();
        yield return new("worst cosine similarity to the original", MeasureUnit.Cosine, true, null, _similarities.LeastCompiled, _similarities.Samples);
    }

    private IEnumerable<Measurement> Neighbours()
    {
        if (_original.Count < FewestToCompare)
            yield break;
        var (before, after) = Nearest();
        var same = new ProportionAccuracy("recall@1 of the original's neighbours", 0, 0, 0, 0) { IsAgreement = true };
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] != NearestNeighbours.None)
                same = same.With(originalIsRight: true, before[i] == after[i]);
        }

        if (same.Samples > 0)
            yield return Measurement.Of(same);
    }

    private (int[] Original, int[] Compiled) Nearest() => _nearest ??= (NearestNeighbours.Of(_original), NearestNeighbours.Of(_compiled));

    private bool IsOf(int label, int neighbour) => neighbour != NearestNeighbours.None && _labels[neighbour] == label;

    private int Stride(long numbers) => (int)Math.Ceiling(samples / Math.Max(1, Math.Floor(Math.Sqrt((double)MostMacs / numbers))));
}
