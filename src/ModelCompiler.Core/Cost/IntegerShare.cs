using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Cost;

/// <summary>How much of a model's arithmetic is done in integers.</summary>
internal static class IntegerShare
{
    /// <summary>The share of multiply-accumulates, from 0 to 1, by what the file says; null where sizes are not known or there are none.</summary>
    public static double? OfMacs(Model model)
    {
        var types = ModelCost.TypesOfOneSample(model);
        long integer = 0, all = 0;
        foreach (var node in model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes))
        {
            if (MultiplyAccumulates.Of(node, types) is not { } macs)
                return null;
            all += macs;
            integer += IsInteger(node) ? macs : 0;
        }

        return all == 0 ? null : (double)integer / all;
    }

    private static bool IsInteger(Node node) => IntegerOperators.IsQuantized(node) || node.OpType == "DynamicQuantizeLSTM" || QuantizedOperand.AreAround(node);
}
