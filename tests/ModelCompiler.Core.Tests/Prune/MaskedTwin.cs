using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Shapes;

namespace ModelCompiler.Tests.Prune;

/// <summary>The original model in which removed channels become 0 right before every sum over channels: what a pruned model must compute.</summary>
internal static class MaskedTwin
{
    public static Model Of(Model original, IReadOnlySet<int> units)
    {
        var twin = original.Clone();
        var channels = CoupledChannels.Of(twin);
        var types = ShapeInference.Run(twin);
        var edit = new GraphEdit(twin.Graph, "mask what layers read");
        foreach (var node in twin.Graph.NodesOf("Conv", "ConvTranspose", "Gemm", "MatMul"))
        {
            for (var input = 0; input < 2; input++)
            {
                if (node.Inputs[input] is { Constant: null } value && (types.ShapeOf(value) ?? value.Shape)?.Rank is { } rank)
                    Mask(edit, node, input, SummedAxis(node, input, rank), rank, channels.UnitsOf, units);
            }
        }

        new PassContext().Apply(edit);
        return twin;
    }

    private static void Mask(GraphEdit edit, Node node, int input, int axis, int rank, Func<Value, int, int[]?> unitsOf, IReadOnlySet<int> removed)
    {
        var value = node.Inputs[input]!;
        if (unitsOf(value, axis) is not { } units || !units.Any(removed.Contains))
            return;
        var dims = Enumerable.Repeat(1L, rank).ToArray();
        dims[axis] = units.Length;
        bool[] stays = [.. units.Select(unit => !removed.Contains(unit))];
        edit.SetInput(node, input, Masked(edit, value, stays, dims, ElementOf(node)));
    }

    /// <summary>Where takes no notice of infinities and NaN; operator sets before it have Mul.</summary>
    private static Value Masked(GraphEdit edit, Value value, bool[] stays, long[] dims, ElementType type)
    {
        if (edit.Graph.Model.Opset >= 9)
            return edit.AddNode("Where", [edit.AddInitializer("mask", Tensor.Of(stays, dims)), value, edit.AddInitializer("zero", Of(type, [0f], []))]).Output;
        return edit.AddNode("Mul", [value, edit.AddInitializer("mask", Of(type, Array.ConvertAll(stays, stay => stay ? 1f : 0f), dims))]).Output;
    }

    private static int SummedAxis(Node node, int input, int rank) => node.OpType switch
    {
        "Gemm" => (node.GetInt(input == 0 ? "transA" : "transB", 0) != 0) == (input == 0) ? 0 : 1,
        "MatMul" => input == 0 ? rank - 1 : rank - 2,
        _ => 1,
    };

    private static ElementType ElementOf(Node node) => node.Inputs.Select(input => input?.Constant?.Type).FirstOrDefault(type => type is not null) ?? ElementType.Float32;

    private static Tensor Of(ElementType type, float[] values, long[] dims) =>
        type == ElementType.Float16 ? Tensor.Of(Array.ConvertAll(values, value => (Half)value), dims) : Tensor.Of(values, dims);
}
