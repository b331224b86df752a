using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that make a tensor from attributes, shapes or ranges.</summary>
internal static class Generation
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Constant", Constant),
        ("ConstantOfShape", ConstantOfShape),
        ("Shape", Shape),
        ("Size", node => node.Set(0, ElementType.Int64, Graphs.Shape.Scalar)),
        ("Range", Range),
        ("EyeLike", node => node.Set(0, Dtype(node, node.Element(0)), node.Shape(0))),
        ("RandomNormal RandomUniform", node => node.Set(0, Dtype(node, ElementType.Float32), [.. (node.Node.GetInts("shape") ?? []).Select(Dimension.Of)])),
        ("RandomNormalLike RandomUniformLike", node => node.Set(0, Dtype(node, node.Element(0)), node.Shape(0))),
    ];

    private static ElementType Dtype(NodeInference node, ElementType otherwise) => (ElementType)node.Node.GetInt("dtype", (long)otherwise);

    private static void Constant(NodeInference node)
    {
        foreach (var (name, value) in node.Node.Attributes)
        {
            switch (name, value)
            {
                case ("value", AttributeValue.OfTensor { Value: var tensor }): node.Set(0, tensor.Type, Graphs.Shape.Of(tensor.Dims)); break;
                case ("value_int", _): node.Set(0, ElementType.Int64, Graphs.Shape.Scalar); break;
                case ("value_float", _): node.Set(0, ElementType.Float32, Graphs.Shape.Scalar); break;
                case ("value_string", _): node.Set(0, ElementType.String, Graphs.Shape.Scalar); break;
                case ("value_ints", AttributeValue.Ints ints): node.Set(0, ElementType.Int64, Graphs.Shape.Of(ints.Values.Count)); break;
                case ("value_floats", AttributeValue.Floats floats): node.Set(0, ElementType.Float32, Graphs.Shape.Of(floats.Values.Count)); break;
                case ("value_strings", AttributeValue.ManyBytes strings): node.Set(0, ElementType.String, Graphs.Shape.Of(strings.Values.Count)); break;
                default: break;
            }
        }
    }

    private static void ConstantOfShape(NodeInference node)
    {
        var element = node.Node.GetTensor("value")?.Type ?? ElementType.Float32;
        if (node.Contents(0) is { } sizes)
            node.Set(0, element, sizes);
        else if (node.Shape(0) is { Rank: 1, Sizes: [>= 0 and <= 16 and var rank] })
            node.SetRank(0, element, (int)rank);
        else
            node.Set(0, element, null);
    }

    private static void Shape(NodeInference node)
    {
        if (node.Shape(0) is not { } input)
        {
            node.SetRank(0, ElementType.Int64, 1);
            return;
        }

        var start = Clamp(node.Node.GetInt("start", 0), input.Rank);
        var end = Clamp(node.Node.GetInt("end", input.Rank), input.Rank);
        node.Set(0, ElementType.Int64, Graphs.Shape.Of(Math.Max(0, end - start)));
    }

    private static long Clamp(long axis, int rank) => Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);

    private static void Range(NodeInference node)
    {
        if (node.Longs(0) is [var start] && node.Longs(1) is [var limit] && node.Longs(2) is [not 0 and var delta])
            node.Set(0, node.Element(0), [Dimension.Of((long)Int128.Max(0, CeilDivide((Int128)limit - start, delta)))]);
        else
            node.SetRank(0, node.Element(0), 1);
    }

    private static Int128 CeilDivide(Int128 range, long step) => Int128.IsPositive(range) == step > 0 ? (Int128.Abs(range) + Math.Abs(step) - 1) / Math.Abs(step) : 0;
}
