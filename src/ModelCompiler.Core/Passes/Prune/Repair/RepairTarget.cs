using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>What a layer is to make in one sample: what it made in the original, or what is missing to it where something else is added behind the layer.</summary>
/// <param name="Original">The value in the original.</param>
/// <param name="Channels">Which of its channels are left.</param>
/// <param name="Added">What the smaller network adds to the layer's output, with the channels that are left; null for nothing.</param>
internal sealed record RepairTarget(Tensor Original, IReadOnlyList<int> Channels, Tensor? Added)
{
    /// <summary>
    /// The same value as the smaller network makes it now, where only its positive part is read: where the original is not positive, any number is right
    /// that is not either, and so is the one of now. Null where every number counts.
    /// </summary>
    public Tensor? Rectified { get; init; }

    /// <summary>Whether the tensors are large enough for the positions of a layer.</summary>
    public bool Fits(LayerPatches patches, int outputs) =>
        Channels.Count == outputs && Original.Count % patches.Outputs == 0 && (Added is null || Added.Count == patches.Outputs * (long)outputs);

    /// <summary>The target of one of the layer's outputs at some positions.</summary>
    public void Gather(LayerPatches patches, int output, Span<float> row)
    {
        patches.GatherOutput(Original.Span<float>(), (int)(Original.Count / patches.Outputs), Channels[output], row);
        if (Rectified is not null)
            LeaveWhatIsCutOff(Gathered(patches, Rectified, output), row);
        if (Added is not null)
            TensorPrimitives.Subtract<float>(row, Gathered(patches, Added, output), row);
    }

    private static void LeaveWhatIsCutOff(float[] current, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] > 0 ? row[i] : Math.Min(current[i], 0);
    }

    private float[] Gathered(LayerPatches patches, Tensor value, int output)
    {
        var row = new float[patches.Count];
        patches.GatherOutput(value.Span<float>(), Channels.Count, output, row);
        return row;
    }
}
