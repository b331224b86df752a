using System.Globalization;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>x · W with a constant W  =>  com.microsoft.MatMulNBits with W in blocks of 4 bits: about 0.16 of the weight's bytes.</summary>
/// <remarks>
/// Each block of 32 weights has the scale of least squared error. With typical samples each weight makes up for the rounding of those before it
/// (<see cref="ErrorFeedbackBlocks"/>), and with any samples the bias of each layer takes back the mean error, as in <see cref="StoreWeightsAsInt8"/>.
/// </remarks>
/// <param name="calibration">What runs samples through the model; null rounds without looking at data.</param>
public sealed class StoreMatricesAsInt4(ICalibration? calibration) : IGraphPass
{
    /// <summary>Below this many weights a layer is stored as int8: there is little to save, and the kernel for 4 bits takes longer than float.</summary>
    internal const int FewestWeights = 4096;

    internal static readonly BlockFormat Format = new(4, 32);

    public void Run(Graph graph, PassContext context)
    {
        var matrices = StoredWeight.In(graph).Where(weight => weight.Tensor.Rank == 2 && weight.Tensor.Count >= FewestWeights && IsProduct(weight, context)).ToArray();
        var inputs = LayerInputs.Observe(calibration, graph, matrices);
        foreach (var matrix in matrices)
            Store(ProductWeight.Of(matrix), inputs, context);
    }

    private static bool IsProduct(StoredWeight weight, PassContext context)
    {
        var reason = ProductWeight.ReasonToKeep(weight);
        if (reason is not null && weight.Layers.Any())
            context.Decline(weight.Value.Uses[0].Node, $"{reason} ('{weight.Value.Name}')");
        return reason is null;
    }

    private static void Store(ProductWeight weight, LayerInputs inputs, PassContext context)
    {
        IBlockRounding rounding = inputs.GramOf(weight.Stored) is { } gram ? new ErrorFeedbackBlocks(gram) : new LeastSquareBlocks();
        var rounded = rounding.Round(weight.Channels(), weight.Inputs, Format);
        weight.CorrectBiases(weight.AsStored(rounded.ToFloats()), inputs, context);
        var edit = new GraphEdit(weight.Stored.Value.Graph, string.Create(CultureInfo.InvariantCulture, $"store '{weight.Stored.Value.Name}' as int4 in blocks of {Format.BlockSize}"));
        BlockwiseProduct.Replace(weight, rounded, edit);
        context.Apply(edit);
    }
}
