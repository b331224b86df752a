using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Shapes;

namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>The layers of a model that can be integer, in the order in which they run, and what flows between them.</summary>
/// <param name="Layers">In the order in which they run.</param>
/// <param name="Crossings">Between them, and to what is float anyway.</param>
/// <param name="Macs">Multiply-accumulates of the whole model.</param>
internal sealed record LayerMap(IReadOnlyList<Layer> Layers, IReadOnlyList<Crossing> Crossings, long Macs)
{
    public static LayerMap Of(Model model, QuantizationFormat format)
    {
        var types = ModelCost.TypesOfOneSample(model);
        var placement = QuantizationPlacement.Of(model.Graph, QuantizationScheme.Of(format), _ => null);
        var layers = model.Graph.Nodes
            .Where(node => placement.Integer.Contains(node) && IntegerOperators.RoleOf(node) == IntegerRole.Weighted)
            .ToDictionary(node => node, node => LayerCost.Of(node, types, format.Costs));
        var crossings = model.Graph.Nodes
            .SelectMany(node => node.Inputs.OfType<Value>().Where(value => value.Constant is null).Select(value => (node, value)))
            .Where(read => layers.ContainsKey(read.node) || (HasWeights(read.node) && !ExistingQuantization.IsInteger(read.node)))
            .SelectMany(read => Makers(read.value, layers).Select(maker => new Crossing(maker, layers.GetValueOrDefault(read.node), Conversion(read.value, types, format.Costs))))
            .Concat(model.Graph.Outputs.SelectMany(output => Makers(output, layers).Select(maker => new Crossing(maker, null, Conversion(output, types, format.Costs)))));
        return new([.. layers.Values], [.. crossings.Where(crossing => crossing.From is not null || crossing.To is not null)], MacsOf(model, types));
    }

    /// <summary>The layers from which a value comes without another layer in between; null among them for what is float anyway, none for what came as integers.</summary>
    private static HashSet<Layer?> Makers(Value value, Dictionary<Node, Layer> layers)
    {
        var makers = new HashSet<Layer?>();
        var seen = new HashSet<Value>();
        var open = new Stack<Value>([value]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next) || next.Constant is not null || (next.Producer is { } quantized && ExistingQuantization.IsInteger(quantized)))
                continue;
            if (next.Producer is not { } producer || HasWeights(producer))
                makers.Add(next.Producer is { } layer ? layers.GetValueOrDefault(layer) : null);
            else
                producer.Inputs.OfType<Value>().ToList().ForEach(open.Push);
        }

        return makers;
    }

    private static bool HasWeights(Node node) =>
        node.Domain.Length == 0 && node.OpType is "Conv" or "ConvTranspose" or "Gemm" or "MatMul" or "LSTM" or "GRU" or "RNN";

    private static double Conversion(Value value, InferredTypes types, KernelCosts costs) => (types.ShapeOf(value)?.ElementCount ?? 0) * costs.Conversion;

    private static long MacsOf(Model model, InferredTypes types) =>
        model.Graph.Nodes.Where(HasWeights).Sum(node => LayerCost.MacsOf(node, types));
}
