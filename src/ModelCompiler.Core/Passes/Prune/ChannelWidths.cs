namespace ModelCompiler.Passes;

/// <summary>How many channels a pruned layer may keep: kernels work on blocks of them, and what fills part of a block takes as long as a whole one.</summary>
/// <param name="Multiple">Of a layer.</param>
/// <param name="WideMultiple">Of a layer with at least four times as many channels: the block of the widest registers, which would be too coarse for others.</param>
internal sealed record ChannelWidths(int Multiple, int WideMultiple)
{
    private const int BlocksOfWideLayers = 4;

    /// <summary>The multiple for a layer that has so many channels before it is pruned.</summary>
    public int MultipleOf(int channels) => channels >= BlocksOfWideLayers * WideMultiple ? WideMultiple : Multiple;
}
