using System.Numerics.Tensors;

namespace ModelCompiler.Passes;

/// <summary>E[x] and E[x·xᵀ] of the factors x of a layer's weights, for each of its groups.</summary>
/// <param name="Columns">d: how many weights an output channel has.</param>
/// <param name="Means">d numbers for each group.</param>
/// <param name="Products">A d×d matrix for each group.</param>
internal sealed record GramMatrix(int Columns, double[] Means, double[][] Products)
{
    /// <summary>E[(x − E[x])·(x − E[x])ᵀ]: what counts where a bias takes back the mean error anyway.</summary>
    public GramMatrix Centred() => this with
    {
        Means = new double[Means.Length],
        Products = [.. Products.Select((products, group) => Centred(products, Means.AsSpan(group * Columns, Columns)))],
    };

    /// <summary>H = E[x·xᵀ] + λ·mean(diag)·I of a group, with λ = 0.01 as in GPTQ: it can be inverted where few samples were seen.</summary>
    public double[] Damped(int group)
    {
        const double Damping = 0.01;
        var damped = Products[group].ToArray();
        var trace = 0.0;
        for (var i = 0; i < Columns; i++)
            trace += damped[(i * Columns) + i];
        for (var i = 0; i < Columns; i++)
            damped[(i * Columns) + i] += Damping * trace / Columns;
        return damped;
    }

    /// <summary>E[(Δ·x)²]: the square error of an output whose weights are off by <paramref name="error"/>.</summary>
    public double SquareOf(ReadOnlySpan<double> error, int group)
    {
        var sum = 0.0;
        for (var row = 0; row < Columns; row++)
        {
            // The matrix is symmetric: what lies on one side of the diagonal counts twice.
            var behind = Products[group].AsSpan((row * Columns) + row + 1, Columns - row - 1);
            sum += error[row] * ((error[row] * Products[group][(row * Columns) + row]) + (2 * TensorPrimitives.Dot(behind, error[(row + 1)..])));
        }

        return sum;
    }

    private static double[] Centred(double[] products, ReadOnlySpan<double> means)
    {
        var centred = products.ToArray();
        for (var row = 0; row < means.Length; row++)
        {
            for (var column = 0; column < means.Length; column++)
                centred[(row * means.Length) + column] -= means[row] * means[column];
        }

        return centred;
    }
}
