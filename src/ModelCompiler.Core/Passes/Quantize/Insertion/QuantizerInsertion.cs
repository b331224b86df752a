using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Writes a placement into the graph: absorbed activations go, weights and constants become integers behind a DequantizeLinear, values get their pair of Q/DQ.
/// Q/DQ that a value or a weight has already stay, and serve those who become integer too.
/// </summary>
internal sealed class QuantizerInsertion(
    Graph graph, QuantizationScheme scheme, ActivationStatistics activations, Dictionary<Value, QuantizationParameters> parameters, PassContext context)
{
    private readonly HashSet<Value> _replaced = [];

    public void Insert(QuantizationPlacement placement)
    {
        var nodes = graph.Nodes.Where(placement.Integer.Contains).ToArray();
        foreach (var node in nodes)
            QuantizeConstants(node); // before the activations go: what was observed is known by the values that they make
        foreach (var node in nodes)
            AbsorbActivation(node);
        foreach (var value in graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs.OfType<Value>())).ToArray())
        {
            if (parameters.TryGetValue(value, out var known))
                QuantizeValue(value, known, placement.Integer);
        }

        RemoveReplaced();
    }

    private void AbsorbActivation(Node node)
    {
        if (!scheme.Saturates || IntegerOperators.RoleOf(node) == IntegerRole.PassThrough || QuantizationPlacement.AbsorbableActivation(node) is not { } activation ||
            !parameters.Remove(activation.Output, out var known))
            return;
        var edit = new GraphEdit(graph, $"let the integers of {node} saturate in place of {activation}");
        edit.ReplaceUses(activation.Output, node.Output);
        edit.Remove(activation);
        context.Apply(edit);
        parameters[node.Output] = known;
    }

    private void QuantizeConstants(Node node)
    {
        if (IntegerOperators.RoleOf(node) == IntegerRole.Weighted)
        {
            if (ExistingWeight.IsOf(node))
                QuantizeBias(ExistingWeight.Of(node));
            else
                QuantizeWeight(WeightedNode.Of(node));
            return;
        }

        if (IntegerOperators.RoleOf(node) == IntegerRole.Normalization)
        {
            QuantizeNormalization(NormalizationNode.Of(node));
            return;
        }

        foreach (var index in IntegerOperators.DataInputs(node))
        {
            if (node.Input(index) is { Constant: not null } constant)
                QuantizeOperand(node, index, constant, QuantizationParameters.Covering(ValueRange.Of(constant.Constant.Span<float>()), scheme.Activations));
        }
    }

    private void QuantizeNormalization(NormalizationNode normalization)
    {
        var node = normalization.Node;
        var inputStep = parameters[node.Inputs[0]!].Scale;
        var known = normalization.ParametersOf(inputStep, scheme.Weights);
        QuantizeOperand(node, 1, node.Inputs[1]!, known);
        if (normalization.Bias is not { } bias)
            return;
        var edit = new GraphEdit(graph, $"quantize the bias of {node}");
        _replaced.Add(node.Inputs[2]!);
        edit.SetInput(node, 2, Bias(node.Inputs[2]!.Name, bias, [known.Scale * inputStep], edit));
        context.Apply(edit);
    }

    private void QuantizeWeight(WeightedNode weighted)
    {
        var node = weighted.Node;
        var edit = new GraphEdit(graph, $"quantize the weight of {node}");
        var input = parameters[node.Inputs[0]!];
        var (weight, bias) = activations.Quantized(
            node.Output.Name, input, scheme, () => WeightQuantization.Quantize(weighted, input, activations.ChannelsOf(node.Inputs[0]!, scheme), scheme, activations.Layers));
        _replaced.UnionWith(node.Inputs.Skip(1).OfType<Value>());
        edit.SetInput(node, 1, Dequantized(node.Inputs[1]!, weight, weighted.ChannelAxis, edit));
        if (bias is not null)
            edit.SetInput(node, 2, Bias(node.Input(2)?.Name ?? $"{node.Output.Name}_bias", bias, Array.ConvertAll(weight.Scales, scale => scale * input.Scale), edit));
        context.Apply(edit);
    }

    /// <summary>Integers and scales of the weight stay.</summary>
    private void QuantizeBias(ExistingWeight weight)
    {
        var node = weight.Node;
        if (weight.Bias is not { } bias)
            return;
        var input = parameters[node.Inputs[0]!];
        var edit = new GraphEdit(graph, $"quantize the bias of {node}");
        _replaced.Add(node.Inputs[2]!);
        edit.SetInput(node, 2, Bias(node.Inputs[2]!.Name, bias, Array.ConvertAll(weight.Scales, scale => scale * input.Scale), edit));
        context.Apply(edit);
    }

    private Value Dequantized(Value weight, QuantizedWeight quantized, int axis, GraphEdit edit)
    {
        var perChannel = quantized.Scales.Length > 1;
        var integers = edit.AddInitializer($"{weight.Name}_quantized", quantized.TensorOf(scheme.WeightType));
        var scale = edit.AddInitializer($"{weight.Name}_scale", perChannel ? Tensor.Vector<float>(quantized.Scales) : Tensor.Scalar(quantized.Scales[0]));
        var zeroPoint = edit.AddInitializer($"{weight.Name}_zero_point", quantized.ZeroPointsOf(scheme.WeightType));
        return edit.AddNode("DequantizeLinear", [integers, scale, zeroPoint], perChannel ? Axis(axis) : null).Output;
    }

    private Value Bias(string name, float[] values, float[] scales, GraphEdit edit) =>
        scheme.FloatBiases ? edit.AddInitializer($"{name}_corrected", Tensor.Vector<float>(values)) : DequantizedBias(name, values, scales, edit);

    private static Value DequantizedBias(string name, float[] values, float[] scales, GraphEdit edit)
    {
        var channelScales = scales.Length == values.Length ? scales : Enumerable.Repeat(scales[0], values.Length).ToArray();
        var integers = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
            integers[i] = (int)Math.Clamp(Math.Round(values[i] / (double)channelScales[i], MidpointRounding.ToEven), int.MinValue, int.MaxValue);
        var perChannel = scales.Length > 1;
        var stored = edit.AddInitializer($"{name}_quantized", Tensor.Vector<int>(integers));
        var scale = edit.AddInitializer($"{name}_scale", perChannel ? Tensor.Vector<float>(scales) : Tensor.Scalar(scales[0]));
        var zeroPoint = edit.AddInitializer($"{name}_zero_point", perChannel ? Tensor.Vector(new int[scales.Length]) : Tensor.Scalar(0));
        return edit.AddNode("DequantizeLinear", [stored, scale, zeroPoint], perChannel ? Axis(0) : null).Output;
    }

    private void QuantizeOperand(Node node, int index, Value constant, QuantizationParameters known)
    {
        var edit = new GraphEdit(graph, $"quantize the constant of {node}");
        var integers = edit.AddInitializer($"{constant.Name}_quantized", new Tensor(known.Format.Type, constant.Constant!.Dims, new ManagedTensorData(known.Quantize(constant.Constant.Span<float>()))));
        var (scale, zeroPoint) = Stored(constant, known, edit);
        edit.SetInput(node, index, edit.AddNode("DequantizeLinear", [integers, scale, zeroPoint]).Output);
        _replaced.Add(constant);
        context.Apply(edit);
    }

    private void QuantizeValue(Value value, QuantizationParameters known, IReadOnlySet<Node> integer)
    {
        if (StatedParameters.IsDequantized(value))
            return; // everybody reads what the model's own integers stand for
        var quantizer = ExistingQuantization.QuantizerOf(value);
        var isMadeInteger = value.Producer is { } producer && integer.Contains(producer);
        var readers = value.Uses.Where(use => isMadeInteger ? use.Node != quantizer : integer.Contains(use.Node)).ToArray();
        if (quantizer is not null && readers.Length == 0 && !(isMadeInteger && value.IsGraphOutput))
            return;
        var edit = new GraphEdit(graph, $"quantize '{value.Name}'");
        var dequantized = quantizer is null ? NewPair(value, known, edit) : Dequantized(quantizer, value, edit);
        if (isMadeInteger)
            ReplaceFloats(value, dequantized, quantizer, edit);
        else
            Array.ForEach(readers, use => edit.SetInput(use.Node, use.Index, dequantized));
        context.Apply(edit);
    }

    private static Value NewPair(Value value, QuantizationParameters known, GraphEdit edit)
    {
        var (scale, zeroPoint) = Stored(value, known, edit);
        return edit.AddNode("DequantizeLinear", [edit.AddNode("QuantizeLinear", [value, scale, zeroPoint]).Output, scale, zeroPoint]).Output;
    }

    /// <summary>What the integers of the model's own QuantizeLinear stand for, as its own DequantizeLinear says where that can take the place of the value.</summary>
    private static Value Dequantized(Node quantizer, Value value, GraphEdit edit) =>
        quantizer.Output.Consumers.FirstOrDefault(reader => StatedParameters.AreSame(quantizer, reader) && GraphEdit.CanReplace(value, reader.Output)) is { } own
            ? own.Output
            : edit.AddNode("DequantizeLinear", [quantizer.Output, .. quantizer.Inputs.Skip(1)], domain: quantizer.Domain).Output;

    /// <summary>An integer kernel has no float output: every reader but the quantizer, and the model itself, reads what the integers stand for.</summary>
    private static void ReplaceFloats(Value value, Value dequantized, Node? quantizer, GraphEdit edit)
    {
        if (quantizer is not null)
            edit.SetInput(quantizer, 0, null); // it is no reader to be replaced
        edit.ReplaceUses(value, dequantized);
        if (quantizer is not null)
            edit.SetInput(quantizer, 0, value);
    }

    private static (Value Scale, Value ZeroPoint) Stored(Value value, QuantizationParameters known, GraphEdit edit) =>
        (edit.AddInitializer($"{value.Name}_scale", known.ScaleTensor), edit.AddInitializer($"{value.Name}_zero_point", known.ZeroPointTensor));

    private static Dictionary<string, AttributeValue> Axis(int axis) => new(StringComparer.Ordinal) { ["axis"] = (long)axis };

    /// <summary>Weights that nobody reads any more go; one that is shared with a float node, or is an output of the model, stays.</summary>
    private void RemoveReplaced()
    {
        var edit = new GraphEdit(graph, "remove the weights that became integer");
        foreach (var value in _replaced.Where(value => !value.IsUsed && value.Graph == graph))
        {
            if (value.Producer is { } constant)
                edit.Remove(constant);
            else if (!value.IsGraphInput)
                edit.RemoveInitializer(value);
        }

        if (!edit.IsEmpty)
            context.Apply(edit);
    }
}
