using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>LSTM with constant weights  =>  com.microsoft.DynamicQuantizeLSTM with weights in int8, a scale for each row: what enters a step is rounded to its own range.</summary>
/// <remarks>As for <see cref="MultiplyDynamically"/>, weights have 7 bits on CPUs whose sums of two products saturate. There is no such operator for GRU and RNN.</remarks>
/// <param name="scheme">The number formats of the target.</param>
public sealed class RecurDynamically(QuantizationScheme scheme) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var weights = StoredWeight.In(graph).ToDictionary(weight => weight.Value);
        foreach (var lstm in graph.NodesOf("LSTM"))
        {
            if (ReasonToKeep(lstm, weights) is { } reason)
                context.Decline(lstm, reason);
            else
                Replace(lstm, weights[lstm.Inputs[1]!], weights[lstm.Inputs[2]!], context);
        }
    }

    private string? ReasonToKeep(Node lstm, Dictionary<Value, StoredWeight> weights)
    {
        if (lstm.GetInt("layout", 0) != 0)
            return "its batch comes first, which the integer operator does not know";
        var count = 0L;
        foreach (var input in new[] { lstm.Input(1), lstm.Input(2) })
        {
            if (input is null || !weights.TryGetValue(input, out var weight))
                return "its weights are not constants that only it reads";
            if (input.Uses.Count > 1 || weight.Tensor.Rank != 3)
                return $"its weight '{input.Name}' has other readers, or not three axes";
            count += weight.Tensor.Count;
        }

        return count < scheme.DynamicFromMultiplications ? "it is too small to gain from integers whose range is found at every run" : null;
    }

    private void Replace(Node lstm, StoredWeight input, StoredWeight recurrence, PassContext context)
    {
        var edit = new GraphEdit(lstm.Graph, $"run {lstm} in int8 with ranges found at every run");
        MicrosoftDomain.Declare(edit);
        var (w, r) = (RecurrentWeight.Quantize(input.Tensor, Format), RecurrentWeight.Quantize(recurrence.Tensor, Format));
        Value?[] inputs =
        [
            lstm.Inputs[0], Add(input, w.Integers, "int8", edit), Add(recurrence, r.Integers, "int8", edit), .. Enumerable.Range(3, 5).Select(lstm.Input),
            Add(input, w.Scales, "scale", edit), Add(input, w.ZeroPoints, "zero_point", edit), Add(recurrence, r.Scales, "scale", edit), Add(recurrence, r.ZeroPoints, "zero_point", edit),
        ];
        var attributes = lstm.Attributes.Where(attribute => attribute.Key != "layout").ToDictionary(StringComparer.Ordinal);
        attributes["hidden_size"] = recurrence.Tensor.Dims[2];
        edit.Remove(lstm);
        edit.AddNode("DynamicQuantizeLSTM", inputs, lstm.Outputs, attributes, MicrosoftDomain.Name);
        input.Remove(edit);
        recurrence.Remove(edit);
        context.Apply(edit);
    }

    private IntegerFormat Format => scheme.WeightsWhereSumsSaturate ?? scheme.Weights;

    private static Value Add(StoredWeight weight, Tensor tensor, string suffix, GraphEdit edit) => edit.AddInitializer($"{weight.Value.Name}_{suffix}", tensor);
}
