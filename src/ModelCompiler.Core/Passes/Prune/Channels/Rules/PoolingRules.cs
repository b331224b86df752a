namespace ModelCompiler.Passes;

/// <summary>Pools, and the Crop of early exporters: X [N, C, spatial…], each channel by itself.</summary>
internal static class PoolingRules
{
    public static IEnumerable<(string, ChannelRule)> Rules =>
        [("AveragePool MaxPool LpPool GlobalAveragePool GlobalMaxPool GlobalLpPool Crop", Pool)];

    private static void Pool(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: >= 3 } x || node.Node.Outputs.Skip(1).Any(indices => indices is { IsUsed: true }))
        {
            node.Refuse($"{node.Node} gives places that count all channels, or its shape is unknown");
            return;
        }

        foreach (var spatial in x.Axes.Skip(2))
            node.Lock(spatial, $"{node.Node} slides over them");
        node.Set(0, x.Axes.Select((ids, axis) => axis < 2 ? ids : null));
    }
}
