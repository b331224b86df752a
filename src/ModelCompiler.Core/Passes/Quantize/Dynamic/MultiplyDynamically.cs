using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// x · W with a constant W  =>  DynamicQuantizeLinear(x) → MatMulInteger with W in int8 → Cast → Mul(scale of x · scale of each output channel): integers
/// with the range of x found anew at every run.
/// </summary>
/// <remarks>
/// ONNX Runtime runs the four operators as one. Products that read the same x share its integers. Activations may be anything, so that on CPUs whose sums
/// of two products saturate all weights have the 7 bits with which none can leave 16 bits. Needs operator set 11.
/// With samples the weights are rounded and the biases corrected as in <see cref="StoreWeightsAsInt8"/>.
/// </remarks>
/// <param name="inputs">The target's formats, calibration and the shapes of a typical run.</param>
public sealed class MultiplyDynamically(PrecisionInputs inputs) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var matrices = StoredWeight.In(graph).Where(weight => weight.Tensor.Rank == 2 && ProductWeight.ReasonToKeep(weight) is null).ToArray();
        if (matrices.Length == 0)
            return;
        var rows = new ProductRows(graph.Model, inputs.InputShapes);
        var large = matrices.Where(weight => Pays(ProductWeight.Of(weight), rows, context)).ToArray();
        var observed = LayerInputs.Observe(inputs.Calibration, graph, large);
        var integers = new DynamicIntegers();
        foreach (var weight in large)
        {
            var product = ProductWeight.Of(weight);
            var quantized = DynamicWeight.Quantize(product, observed, inputs.Scheme);
            product.CorrectBiases(quantized.ToFloats(), observed, context);
            Replace(product, quantized, integers, context);
        }
    }

    /// <summary>Where the number of rows is not known, there may be many.</summary>
    private bool Pays(ProductWeight weight, ProductRows rows, PassContext context)
    {
        var least = inputs.Scheme.DynamicFromMultiplications;
        foreach (var product in weight.Products)
        {
            if (StatedParameters.IsDequantized(product.Node.Input(0)))
            {
                context.Decline(product.Node, "what it reads came as integers, which are not turned into others");
                return false;
            }

            if (rows.Of(product) is not { } count || count * weight.Stored.Tensor.Count >= least)
                continue;
            context.Decline(product.Node, $"it is too small to gain from integers whose range is found at every run ('{weight.Stored.Value.Name}')");
            return false;
        }

        return true;
    }

    private static void Replace(ProductWeight weight, QuantizedWeight quantized, DynamicIntegers integers, PassContext context)
    {
        var name = weight.Stored.Value.Name;
        var edit = new GraphEdit(weight.Stored.Value.Graph, $"multiply by '{name}' in int8 with ranges found at every run");
        var matrix = edit.AddInitializer($"{name}_int8", DynamicWeight.Columns(weight, quantized));
        var scales = edit.AddInitializer($"{name}_scale", Tensor.Of(quantized.Scales, quantized.Scales.Length));
        weight.Replace(edit, (x, y) => integers.Of(x, edit).Multiply(matrix, scales, y, edit));
        context.Apply(edit);
    }
}
