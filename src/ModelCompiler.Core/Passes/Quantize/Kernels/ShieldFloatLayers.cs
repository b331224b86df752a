using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>DequantizeLinear → Conv(float weight) → QuantizeLinear  =>  DequantizeLinear with the same scale for each channel → Conv → QuantizeLinear.</summary>
/// <remarks>
/// ONNX Runtime quantizes the float weights of a layer between the two, with one scale for all (its WeightBiasQuantization): a layer that was kept in
/// float on purpose would be integer after all, and worse than any that we write. It leaves alone what reads numbers that have a scale for each channel.
/// </remarks>
/// <param name="quantization">The pass that wrote the Q/DQ: a model in which it had nothing to do is left as it came. Null for Q/DQ of any origin.</param>
public sealed class ShieldFloatLayers(QuantizeStatically? quantization = null) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        if (quantization is { Integer.Count: 0 })
            return;
        foreach (var layer in graph.NodesOf("Conv", "ConvTranspose", "Gemm"))
        {
            if (QuantizedOperand.Behind(layer.Input(0)) is { IsPerTensor: true } input && !StatedParameters.IsDequantized(layer.Input(1))
                && LeadsToQuantizer(layer.Output) && Channels(layer) is { } channels)
                Shield(layer, input, channels, context);
        }
    }

    private static void Shield(Node layer, QuantizedOperand input, long channels, PassContext context)
    {
        var edit = new GraphEdit(layer.Graph, $"keep {layer} in float");
        var scale = edit.AddInitializer($"{input.Scale.Name}_each", Repeated(input.Scale.Constant!, channels));
        var zeroPoint = edit.AddInitializer($"{input.ZeroPoint.Name}_each", Repeated(input.ZeroPoint.Constant!, channels));
        var axis = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L };
        edit.SetInput(layer, 0, edit.AddNode("DequantizeLinear", [input.Integers, scale, zeroPoint], axis).Output);
        context.Apply(edit);
    }

    /// <summary>Through activations that a quantizer absorbs.</summary>
    private static bool LeadsToQuantizer(Value value) => !value.IsGraphOutput && value.Uses is [{ Node: var reader }] &&
        (reader.Is("QuantizeLinear") || (reader.Is("Relu") || reader.Is("Clip")) && LeadsToQuantizer(reader.Output));

    /// <summary>Of the layer's input, as its weight tells; null where that is computed.</summary>
    private static long? Channels(Node layer) => layer.Input(1)?.Constant is not { Rank: >= 2 } weight
        ? null
        : layer.OpType switch
        {
            "Conv" => weight.Dims[1] * layer.GetInt("group", 1),
            "ConvTranspose" => weight.Dims[0],
            _ when layer.GetInt("transA", 0) != 0 => null,
            _ => weight.Dims[layer.GetInt("transB", 0) == 0 ? 0 : 1],
        };

    private static Tensor Repeated(Tensor one, long count)
    {
        var each = one.Data.Span;
        var bytes = new byte[each.Length * count];
        for (var i = 0; i < count; i++)
            each.CopyTo(bytes.AsSpan(i * each.Length));
        return new Tensor(one.Type, [count], new ManagedTensorData(bytes));
    }
}
