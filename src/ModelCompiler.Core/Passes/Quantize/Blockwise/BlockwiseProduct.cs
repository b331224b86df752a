using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Matrix products with weights in blocks, as com.microsoft.MatMulNBits.</summary>
internal static class BlockwiseProduct
{
    /// <summary>Rows of the input become int8 in the same blocks, which is what makes the operator fast.</summary>
    private const long Int8Rows = 4;

    /// <summary>Every product by <paramref name="weight"/> becomes one by <paramref name="blocks"/>.</summary>
    public static void Replace(ProductWeight weight, BlockwiseWeight blocks, GraphEdit edit)
    {
        MicrosoftDomain.Declare(edit);
        var name = weight.Stored.Value.Name;
        var packed = edit.AddInitializer($"{name}_blocks", blocks.Packed());
        var scales = edit.AddInitializer($"{name}_scales", blocks.ScaleTensor());
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["K"] = (long)blocks.Inputs,
            ["N"] = (long)blocks.Outputs,
            ["bits"] = (long)blocks.Format.Bits,
            ["block_size"] = (long)blocks.Format.BlockSize,
            ["accuracy_level"] = Int8Rows,
        };
        weight.Replace(edit, (x, y) => edit.AddNode("MatMulNBits", [x, packed, scales], [y], attributes, MicrosoftDomain.Name));
    }
}
