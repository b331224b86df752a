using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>What a layer is to make in one sample: what it made in the original, or what is missing to it where something else is added behind the layer.</summary>
/// <param name="Original">The value in the original.</param>
/// <param name="Channels">Which of its channels are left.</param>
/// <param name="Added">What the smaller network adds to the layer's output, with the channels that are left; null for nothing.</param>
internal sealed record RepairTarget(Tensor Original, IReadOnlyList<int> Channels, Tensor? Added)
{
    /// <summary>Whether the tensors are large enough for the positions of a layer.</summary>
    public bool Fits(LayerPatches patches, int outputs) =>
        Channels.Count == outputs && Original.Count % patches.Outputs == 0 && (Added is null || Added.Count == patches.Outputs * (long)outputs);

    /// <summary>The target of one of the layer's outputs at some positions.</summary>
    public void Gather(LayerPatches patches, int output, Span<float> row)
    {
        patches.GatherOutput(Original.Span<float>(), (int)(Original.Count / patches.Outputs), Channels[output], row);
        if (Added is null)
            return;
        var added = new float[row.Length];
        patches.GatherOutput(Added.Span<float>(), Channels.Count, output, added);
        TensorPrimitives.Subtract<float>(row, added, row);
    }
}
