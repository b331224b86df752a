using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A float32 weight whose elements may become zero, with all layers that sum over it: more than one where they share it.</summary>
/// <param name="Value">An initializer, or what a Constant node makes.</param>
/// <param name="Layers">They read it in the same way: the same elements are multiplied and summed up by all of them.</param>
internal sealed record PrunableWeight(Value Value, IReadOnlyList<SummedWeight> Layers)
{
    public Tensor Tensor => Layers[0].Weight;

    public int Outputs => Layers[0].Outputs;

    /// <summary>How many weights an output has.</summary>
    public int Columns => InputGram.ColumnsOf(Layers[0]);

    public int Groups => Layers[0].Inputs / InputsOfGroup;

    /// <summary>How many neighbouring columns belong to one input channel: the places of a kernel.</summary>
    public int Kernel => Columns / InputsOfGroup;

    /// <summary>Input channels that one output sums over.</summary>
    public int InputsOfGroup => Layers[0].Node.Is("Conv") ? (int)Tensor.Dims[1] : Layers[0].Inputs;

    /// <summary>Outputs × columns.</summary>
    public double[] Read() => new LayerWeights(Layers[0]).Read();

    /// <summary>Gives all its layers, in this graph, other weights.</summary>
    public void Write(double[] weights, GraphEdit edit)
    {
        var value = edit.AddInitializer(Value.Name, new LayerWeights(Layers[0]).Write(weights));
        foreach (var layer in Layers)
            edit.SetInput(layer.Node, 1, value);
    }

    /// <summary>The weights of a graph that may be pruned; the others are declined with the reason.</summary>
    public static IReadOnlyList<PrunableWeight> In(Graph graph, PassContext context)
    {
        var weights = new List<PrunableWeight>();
        foreach (var stored in StoredWeight.In(graph, context))
        {
            var layers = stored.Layers.ToArray();
            if (ReasonToKeep(stored, layers) is { } reason)
                context.Decline(stored.Value.Uses[0].Node, $"{reason} ('{stored.Value.Name}')");
            else
                weights.Add(new(stored.Value, layers));
        }

        return weights;
    }

    private static string? ReasonToKeep(StoredWeight stored, SummedWeight[] layers)
    {
        if (layers.Length < stored.Value.Uses.Count)
            return "only weights that are the second input of a Conv, Gemm or MatMul are pruned";
        if (Array.Exists(layers, layer => layer.Node.Graph != stored.Value.Graph))
            return "its weight is also read inside of a nested graph";
        return Array.Exists(layers, layer => !ReadsLike(layer, layers[0])) ? "the layers that share its weight read it in different ways" : null;
    }

    private static bool ReadsLike(SummedWeight layer, SummedWeight other) =>
        layer.Node.Is("Conv") == other.Node.Is("Conv") && layer.Inputs == other.Inputs && layer.Outputs == other.Outputs &&
        layer.ChannelsOf(0) == other.ChannelsOf(0) && (layer.Weight.Count < 2 || layer.ChannelsOf(1) == other.ChannelsOf(1));
}
