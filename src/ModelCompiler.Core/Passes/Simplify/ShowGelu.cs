using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>x · (1/√2) → Erf  =>  x / √2 → Erf, in a GELU: ½·x · (1 + Erf(x / √2)).</summary>
/// <remarks>
/// ONNX Runtime has one kernel for the whole GELU, and finds it by the division; converters that fold the division into a product hide it.
/// Elsewhere the product stays, since dividing alone is slower.
/// </remarks>
public sealed class ShowGelu : IGraphPass
{
    private const float Sqrt2 = 1.41421356f;

    public void Run(Graph graph, PassContext context)
    {
        foreach (var erf in graph.NodesOf("Erf"))
        {
            if (graph.Model.Opset >= 9 && erf.Input(0) is { Producer: { } product } scaled && product.Is("Mul") && product.Graph == graph && Scaled(product, 1 / Sqrt2) is { } x)
                TryShow(product, scaled, erf, x, context);
        }
    }

    private static void TryShow(Node product, Value scaled, Node erf, Value x, PassContext context)
    {
        if (!scaled.IsUsedOnlyBy(erf) || !IsGelu(erf, x))
        {
            context.Decline(product, $"{erf} is not that of a GELU");
            return;
        }

        var edit = new GraphEdit(product.Graph, $"divide in place of {product}");
        var root = edit.AddInitializer("sqrt2", Tensor.Scalar(Sqrt2));
        edit.Remove(product);
        edit.AddNode("Div", [x, root], [scaled]);
        context.Apply(edit);
    }

    /// <summary>Erf → + 1 → · (½ · x), or · x → · ½: each read only by the next.</summary>
    private static bool IsGelu(Node erf, Value x)
    {
        if (OnlyReader(erf) is not { } sum || !sum.Is("Add") || !IsNumber(Other(sum, erf.Output), 1) || OnlyReader(sum) is not { } gate || !gate.Is("Mul"))
            return false;
        if (Other(gate, sum.Output) is not { } factor)
            return false;
        return factor == x
            ? OnlyReader(gate) is { } half && half.Is("Mul") && IsNumber(Other(half, gate.Output), 0.5f)
            : factor.Producer is { } halved && halved.Is("Mul") && Scaled(halved, 0.5f) == x;
    }

    private static Node? OnlyReader(Node node) => node.Output is { IsGraphOutput: false, Uses: [{ Node: { } reader }] } ? reader : null;

    /// <summary>What a Mul multiplies by the given constant.</summary>
    private static Value? Scaled(Node product, float by) =>
        IsNumber(product.Input(1), by) ? product.Input(0) : IsNumber(product.Input(0), by) ? product.Input(1) : null;

    private static Value? Other(Node node, Value operand) => node.Input(0) == operand ? node.Input(1) : node.Input(0);

    private static bool IsNumber(Value? value, float number) =>
        value?.Constant is { Type: ElementType.Float32, Rank: 0 or 1, Count: 1 } constant && Math.Abs(constant.Span<float>()[0] - number) <= 1e-6f;
}
