using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training;

/// <summary>A data set in memory, of one input <c>x</c>.</summary>
internal sealed class Vectors(IReadOnlyList<Tensor> samples) : DataSet
{
    public override string Path => "vectors";

    public override int Count => samples.Count;

    public override bool IsLabelled => false;

    public override bool HasBoxes => false;

    /// <summary>Random numbers between −1 and 1.</summary>
    public static Vectors Random(int count, int seed, params long[] dims)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, count).Select(_ => Gradients.Numbers.Uniform(random, dims))]);
    }

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) =>
        places.Select(place => new Sample($"vectors[{place}]", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = samples[place] }));
}
