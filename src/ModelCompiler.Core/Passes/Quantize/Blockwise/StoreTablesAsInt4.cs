using System.Globalization;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Gather of rows of a constant table  =>  com.microsoft.GatherBlockQuantized of a table in blocks of 4 bits: the embeddings of a language model.</summary>
/// <remarks>Only the rows that are looked up become float, so that the table stays small in memory too.</remarks>
public sealed class StoreTablesAsInt4 : IGraphPass
{
    private const int Bits = 4;
    private const int BlockSize = 32;

    public void Run(Graph graph, PassContext context)
    {
        foreach (var weight in StoredWeight.In(graph).Where(weight => weight.Tensor.Rank == 2 && weight.Tensor.Count >= StoreMatricesAsInt4.FewestWeights))
        {
            if (weight.Value.Uses.All(use => IsLookUp(use, graph)))
                TryStore(weight, context);
        }
    }

    private static bool IsLookUp(Use use, Graph graph) => use.Index == 0 && use.Node.Is("Gather") && use.Node.GetInt("axis", 0) == 0 && use.Node.Graph == graph;

    private static void TryStore(StoredWeight table, PassContext context)
    {
        var (rows, columns) = (table.Tensor.Dims[0], (int)table.Tensor.Dims[1]);
        if (columns % BlockSize != 0)
        {
            context.Decline(table.Value.Uses[0].Node, string.Create(CultureInfo.InvariantCulture, $"its rows are no whole blocks of {BlockSize} ('{table.Value.Name}')"));
            return;
        }

        var rounded = new LeastSquareBlocks().Round(table.Tensor.Span<float>(), columns, new BlockFormat(Bits, BlockSize));
        var edit = new GraphEdit(table.Value.Graph, string.Create(CultureInfo.InvariantCulture, $"store '{table.Value.Name}' as int4 in blocks of {BlockSize}"));
        MicrosoftDomain.Declare(edit);
        var packed = edit.AddInitializer($"{table.Value.Name}_blocks", rounded.Packed().Reshape(rows, columns / 2));
        var scales = edit.AddInitializer($"{table.Value.Name}_scales", rounded.ScaleTensor());
        foreach (var gather in table.Value.Consumers)
            Replace(gather, packed, scales, edit);
        table.Remove(edit);
        context.Apply(edit);
    }

    private static void Replace(Node gather, Value packed, Value scales, GraphEdit edit)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["bits"] = (long)Bits,
            ["block_size"] = (long)BlockSize,
            ["gather_axis"] = 0L,
            ["quantize_axis"] = 1L,
        };
        edit.Remove(gather);
        edit.AddNode("GatherBlockQuantized", [packed, gather.Inputs[1], scales], [gather.Output], attributes, MicrosoftDomain.Name);
    }
}
