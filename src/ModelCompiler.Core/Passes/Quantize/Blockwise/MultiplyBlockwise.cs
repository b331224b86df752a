using System.Globalization;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>x · W with a large constant W and few rows of x  =>  com.microsoft.MatMulNBits with W in blocks of 8 bits.</summary>
/// <remarks>
/// Such a product takes as long as reading its weights takes: a quarter of the bytes, and products of 8 bits. The rows of x become int8 in the same blocks
/// on the way, which makes about as much noise as the weights do. The kernels add in 32 bits on every CPU, so that nothing saturates.
/// </remarks>
/// <param name="rule">Which products it pays for.</param>
/// <param name="inputShapes">The shapes of the model's inputs in one run of the app, by name: they say how many rows there are where the model leaves that open.</param>
public sealed class MultiplyBlockwise(BlockwiseProducts rule, IReadOnlyDictionary<string, Shape> inputShapes) : IGraphPass
{
    private const int Bits = 8;

    public void Run(Graph graph, PassContext context)
    {
        var large = StoredWeight.In(graph).Where(weight => weight.Tensor.Rank == 2 && weight.Tensor.Count >= rule.MinWeights).ToArray();
        if (large.Length == 0)
            return;
        var rows = new ProductRows(graph.Model, inputShapes);
        foreach (var stored in large)
        {
            if ((ProductWeight.ReasonToKeep(stored) ?? ReasonNotToPay(ProductWeight.Of(stored), rows)) is { } reason)
                context.Decline(stored.Value.Uses[0].Node, $"{reason} ('{stored.Value.Name}')");
            else
                Replace(ProductWeight.Of(stored), context);
        }
    }

    private string? ReasonNotToPay(ProductWeight weight, ProductRows rows)
    {
        foreach (var product in weight.Products)
        {
            if (rows.Of(product) is not { } count)
                return "the number of rows that it is multiplied with is not known";
            if (count > rule.MaxRows)
                return string.Create(CultureInfo.InvariantCulture, $"it is multiplied with {count} rows, and blocks pay up to {rule.MaxRows}");
        }

        return null;
    }

    private void Replace(ProductWeight weight, PassContext context)
    {
        var format = new BlockFormat(Bits, rule.BlockSize);
        var edit = new GraphEdit(weight.Stored.Value.Graph, $"multiply by '{weight.Stored.Value.Name}' in blocks of int8");
        BlockwiseProduct.Replace(weight, new CoverBlocks().Round(weight.Channels(), weight.Inputs, format), edit);
        context.Apply(edit);
    }
}
