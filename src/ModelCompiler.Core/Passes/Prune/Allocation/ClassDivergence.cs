using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Adds up how far scores of classes are from the original's by what a softmax makes of them: Σ p·ln(p/q), the Kullback–Leibler divergence of a row.</summary>
internal sealed class ClassDivergence
{
    private double _sum;
    private long _rows;

    /// <summary>The mean of all rows; 0 where there were none.</summary>
    public double Mean => _rows == 0 ? 0 : _sum / _rows;

    /// <summary>Scores that do not look like those of classes do not count.</summary>
    public void Add(Tensor original, Tensor scores)
    {
        if (TopClass.Classes(original) is not { } classes || original.Count != scores.Count)
            return;
        var (expected, actual) = (original.ToFloats(), scores.ToFloats());
        for (var start = 0; start < expected.Length; start += classes)
        {
            _sum += Divergence(LogSoftmax(expected.AsSpan(start, classes)), LogSoftmax(actual.AsSpan(start, classes)));
            _rows++;
        }
    }

    /// <summary>A form that makes NaN or infinity is infinitely far.</summary>
    private static double Divergence(double[] expected, double[] actual)
    {
        var sum = 0.0;
        for (var i = 0; i < expected.Length; i++)
            sum += Math.Exp(expected[i]) * (expected[i] - actual[i]);
        return double.IsFinite(sum) ? sum : double.PositiveInfinity;
    }

    private static double[] LogSoftmax(ReadOnlySpan<float> scores)
    {
        var logs = new double[scores.Length];
        var largest = (double)System.Numerics.Tensors.TensorPrimitives.Max(scores);
        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - largest);
        for (var i = 0; i < logs.Length; i++)
            logs[i] = scores[i] - largest - Math.Log(sum);
        return logs;
    }
}
