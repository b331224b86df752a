using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight that is nothing but the constant matrix W of products x · W, which may be computed in another way.</summary>
/// <param name="Stored">The weight.</param>
/// <param name="Products">The MatMul and Gemm nodes that multiply by it, at least one.</param>
internal sealed record ProductWeight(StoredWeight Stored, IReadOnlyList<SummedWeight> Products)
{
    /// <summary>K</summary>
    public int Inputs => Products[0].Inputs;

    /// <summary>N</summary>
    public int Outputs => Products[0].Outputs;

    /// <summary>True where it is stored as [N, K].</summary>
    public bool IsTransposed => Transposes(Products[0]);

    /// <summary>The reason why a weight is none of that kind, or null where it is.</summary>
    public static string? ReasonToKeep(StoredWeight stored)
    {
        foreach (var use in stored.Value.Uses)
        {
            if (SummedWeight.Of(use) is not { } layer || use.Node.Is("Conv"))
                return $"{use.Node} is no product x · W with a factor of 1";
            if (use.Node.Graph != stored.Value.Graph)
                return $"{use.Node} stands in a nested graph";
            if (layer.Inputs != Of(stored).Inputs || Transposes(layer) != Of(stored).IsTransposed)
                return "one of its readers transposes it";
        }

        return null;
    }

    public static ProductWeight Of(StoredWeight stored) => new(stored, [.. stored.Layers]);

    /// <summary>[N, K]: the weights of each output channel together.</summary>
    public float[] Channels() => IsTransposed ? Stored.Tensor.Span<float>().ToArray() : Transposed<float>(Stored.Tensor.Span<float>(), Inputs, Outputs);

    /// <summary>Numbers given as [N, K] in the order of the stored weight.</summary>
    public float[] AsStored(float[] channels) => IsTransposed ? channels : Transposed<float>(channels, Outputs, Inputs);

    /// <summary>A matrix of so many rows and columns with rows for columns.</summary>
    public static T[] Transposed<T>(ReadOnlySpan<T> matrix, int rows, int columns)
    {
        var transposed = new T[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
        }

        return transposed;
    }

    /// <summary>The bias of each product takes back the mean error: b' = b − E[ΔW·x]. To be applied before the products are replaced, which take their biases along.</summary>
    /// <param name="rounded">What takes the place of the weight, in its order.</param>
    /// <param name="inputs">What calibration saw.</param>
    /// <param name="context">Applies the change.</param>
    public void CorrectBiases(ReadOnlySpan<float> rounded, LayerInputs inputs, PassContext context)
    {
        var floats = Stored.Tensor.Span<float>();
        var error = new float[rounded.Length];
        for (var i = 0; i < error.Length; i++)
            error[i] = rounded[i] - floats[i];
        var edit = new GraphEdit(Stored.Value.Graph, $"take back the mean error of '{Stored.Value.Name}'");
        foreach (var layer in Products)
        {
            if (inputs.MomentsOf(layer) is { } input && LayerBias.Of(layer) is { } bias)
                bias.Correct(Array.ConvertAll(LayerNoise.Shift(layer, error, input), shift => -shift), edit);
        }

        if (!edit.IsEmpty)
            context.Apply(edit);
    }

    /// <summary>Every product is computed by the nodes that <paramref name="multiply"/> adds, which read x and make y; a bias is added to it. The float weight goes.</summary>
    public void Replace(GraphEdit edit, Action<Value, Value> multiply)
    {
        foreach (var node in Products.Select(product => product.Node))
        {
            var (x, y) = (node.Inputs[0]!, node.Output);
            edit.Remove(node);
            if (node.Input(2) is not { } bias)
            {
                multiply(x, y);
                continue;
            }

            var product = edit.NewValue($"{y.Name}_product");
            multiply(x, product);
            edit.AddNode("Add", [product, bias], [y]);
        }

        Stored.Remove(edit);
    }

    private static bool Transposes(SummedWeight product) => product.Node.GetInt("transB", 0) != 0;
}
