using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>What was seen of a layer, without its means where the layer adds a bias, which can make up for them.</summary>
/// <param name="Seen">Sums over all positions.</param>
/// <param name="HasBias">Whether the layer adds one constant to each output.</param>
internal sealed record LayerMoments(RegressionMoments Seen, bool HasBias)
{
    /// <summary>Adds the layer's part in E[x·xᵀ] − E[x]·E[x]ᵀ of several, of which <paramref name="all"/> positions were seen together.</summary>
    public void AddSquares(int group, long all, Span<double> squares)
    {
        var (size, seen) = (Seen.Columns, Seen.Squares[group]);
        var (means, part) = (InputMeans(group), Seen.Count / (double)all);
        for (var row = 0; row < size; row++)
        {
            for (var column = row; column < size; column++)
            {
                var covariance = (seen[(row * size) + column] / all) - (means[row] * means[column] * part);
                squares[(row * size) + column] += covariance;
                if (row != column)
                    squares[(column * size) + row] += covariance;
            }
        }
    }

    /// <summary>The same for E[y·xᵀ] − E[y]·E[x]ᵀ.</summary>
    public void AddProducts(int group, long all, Span<double> products)
    {
        var (size, seen) = (Seen.Columns, Seen.Products[group]);
        var (inputs, targets, part) = (InputMeans(group), TargetMeans(group), Seen.Count / (double)all);
        for (var i = 0; i < products.Length; i++)
            products[i] += (seen[i] / all) - (targets[i / size] * inputs[i % size] * part);
    }

    /// <summary>b = E[y] − W·E[x]; all 0 for a layer that adds none.</summary>
    public double[] Biases(ReadOnlySpan<double> weights)
    {
        var biases = new double[Seen.TargetSums.Length];
        for (var group = 0; group < Seen.Groups; group++)
        {
            var (inputs, targets) = (InputMeans(group), TargetMeans(group));
            for (var i = 0; i < targets.Length; i++)
            {
                var output = (group * targets.Length) + i;
                biases[output] = targets[i] - TensorPrimitives.Dot(weights.Slice(output * inputs.Length, inputs.Length), inputs);
            }
        }

        return HasBias ? biases : new double[biases.Length];
    }

    private double[] InputMeans(int group) => Means(Seen.InputSums.AsSpan(group * Seen.Columns, Seen.Columns));

    private double[] TargetMeans(int group) => Means(Seen.TargetSums.AsSpan(group * Seen.OutputsOfGroup, Seen.OutputsOfGroup));

    private double[] Means(ReadOnlySpan<double> sums)
    {
        var means = new double[sums.Length];
        if (HasBias)
            TensorPrimitives.Divide(sums, Seen.Count, means);
        return means;
    }
}
