using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A weight that is nothing but the constant matrix of matrix products x · W, each of which may become a com.microsoft.MatMulNBits.</summary>
/// <param name="Stored">The weight.</param>
/// <param name="Products">The MatMul and Gemm nodes that multiply by it, at least one.</param>
internal sealed record ProductWeight(StoredWeight Stored, IReadOnlyList<SummedWeight> Products)
{
    /// <summary>K</summary>
    public int Inputs => Products[0].Inputs;

    /// <summary>N</summary>
    public int Outputs => Products[0].Outputs;

    /// <summary>The reason why a weight is none of that kind, or null where it is.</summary>
    public static string? ReasonToKeep(StoredWeight stored)
    {
        foreach (var use in stored.Value.Uses)
        {
            if (SummedWeight.Of(use) is not { } layer || use.Node.Is("Conv"))
                return $"{use.Node} is no product x · W with a factor of 1";
            if (use.Node.Graph != stored.Value.Graph)
                return $"{use.Node} stands in a nested graph";
            if (layer.Inputs != Of(stored).Inputs || IsTransposed(layer) != IsTransposed(Of(stored).Products[0]))
                return "one of its readers transposes it";
        }

        return null;
    }

    public static ProductWeight Of(StoredWeight stored) => new(stored, [.. stored.Layers]);

    /// <summary>[N, K]: the weights of each output channel together.</summary>
    public float[] Channels()
    {
        var floats = Stored.Tensor.Span<float>();
        if (IsTransposed(Products[0]))
            return floats.ToArray();
        var channels = new float[floats.Length];
        for (var input = 0; input < Inputs; input++)
        {
            for (var output = 0; output < Outputs; output++)
                channels[(output * Inputs) + input] = floats[(input * Outputs) + output];
        }

        return channels;
    }

    /// <summary>Numbers of each output channel together, in the order of the stored weight.</summary>
    public float[] AsStored(float[] channels)
    {
        if (IsTransposed(Products[0]))
            return channels;
        var stored = new float[channels.Length];
        for (var input = 0; input < Inputs; input++)
        {
            for (var output = 0; output < Outputs; output++)
                stored[(input * Outputs) + output] = channels[(output * Inputs) + input];
        }

        return stored;
    }

    /// <summary>Every product multiplies by <paramref name="weight"/> instead, and the float weight goes.</summary>
    public void Replace(BlockwiseWeight weight, GraphEdit edit)
    {
        var name = Stored.Value.Name;
        var packed = edit.AddInitializer($"{name}_blocks", weight.Packed());
        var scales = edit.AddInitializer($"{name}_scales", weight.ScaleTensor());
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["K"] = (long)weight.Inputs,
            ["N"] = (long)weight.Outputs,
            ["bits"] = (long)weight.Format.Bits,
            ["block_size"] = (long)weight.Format.BlockSize,
            ["accuracy_level"] = 4L, // rows of the input become int8 in the same blocks, which is what makes it fast
        };
        MicrosoftDomain.Declare(edit);
        foreach (var product in Products)
            Replace(product.Node, [product.Node.Inputs[0], packed, scales], attributes, edit);
        Stored.Remove(edit);
    }

    private static void Replace(Node node, Value?[] inputs, Dictionary<string, AttributeValue> attributes, GraphEdit edit)
    {
        var output = node.Output;
        edit.Remove(node);
        if (node.Input(2) is not { } bias)
        {
            edit.AddNode("MatMulNBits", inputs, [output], attributes, MicrosoftDomain.Name);
            return;
        }

        var product = edit.AddNode("MatMulNBits", inputs, attributes, MicrosoftDomain.Name);
        edit.AddNode("Add", [product.Output, bias], [output]);
    }

    private static bool IsTransposed(SummedWeight product) => product.Node.GetInt("transB", 0) != 0;
}
