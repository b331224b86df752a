using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>Conv → Relu → Conv  =>  the same with each channel between them divided by a scale in the first and multiplied by it in the second, so that one range for the whole value fits all its channels.</summary>
/// <remarks>Exact but for rounding of float32. Cross-layer equalization (Nagel et al., 2019, arXiv:1906.04721), with scales that make the predicted noise small (<see cref="ReaderNoise"/>).</remarks>
/// <param name="inputs">The target's formats and steps, and what runs samples.</param>
/// <param name="scales">Remembers what was chosen.</param>
public sealed class EqualizeChannels(PrecisionInputs inputs, ChannelScales scales) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is null && inputs.Scheme.Has(AccuracyStep.EqualizeChannels))
            new ScaleChannels(AccuracyStep.EqualizeChannels, inputs.Calibration, IntegerSteps.Of(inputs.Scheme), scales).Run(graph, context);
    }
}
