using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>LayerNormalization → MatMul  =>  the same with each channel between them divided by a scale in the first and multiplied by it in the second; also between two matrix products.</summary>
/// <remarks>
/// Exact but for rounding of float32. A few channels of transformers are much wider than the rest, which leaves few integers to the others; their width moves into the weights, which
/// have a scale for each output channel (SmoothQuant; Xiao et al., 2022, arXiv:2211.10438), as far as the predicted noise gets smaller by it (<see cref="ReaderNoise"/>).
/// </remarks>
/// <param name="inputs">The target's formats and steps, and what runs samples.</param>
/// <param name="scales">Remembers what was chosen.</param>
public sealed class SmoothActivations(PrecisionInputs inputs, ChannelScales scales) : IGraphPass
{
    /// <summary>True where the ranges of activations are found anew at every run.</summary>
    public bool RangesAreDynamic { get; init; }

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null || !inputs.Scheme.Has(AccuracyStep.SmoothActivations))
            return;
        var steps = RangesAreDynamic ? IntegerSteps.OfDynamic(inputs.Scheme) : IntegerSteps.Of(inputs.Scheme);
        new ScaleChannels(AccuracyStep.SmoothActivations, inputs.Calibration, steps, scales).Run(graph, context);
    }
}
