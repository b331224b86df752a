using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>GroupNormalization at version 21: scale and bias, which were given for each group, are given for each channel.</summary>
internal static class LiftGroupNormalization
{
    public static void ToChannels(Node node, GraphEdit edit, InferredTypes types)
    {
        var groups = node.GetInt("num_groups", 0);
        if (types.ShapeOf(node.Inputs[0]!) is not { Rank: >= 2 } shape || shape[1].Size is not { } channels || groups <= 0)
            throw new NotLiftableException("the number of its channels is not known");
        foreach (var index in new[] { 1, 2 })
        {
            if (node.Input(index)?.Constant is not { Type: ElementType.Float32 } perGroup || perGroup.Count != groups)
                throw new NotLiftableException("its scale or bias is computed, or is not float32");
            edit.SetInput(node, index, edit.AddInitializer(node.Input(index)!.Name, Repeat(perGroup, channels / groups)));
        }
    }

    private static Tensor Repeat(Tensor values, long times)
    {
        var repeated = new float[values.Count * times];
        for (var i = 0; i < repeated.Length; i++)
            repeated[i] = values.Span<float>()[(int)(i / times)];
        return Tensor.Vector<float>(repeated);
    }
}
