namespace ModelCompiler.Passes;

/// <summary>How it is decided which of a layer's channels go.</summary>
internal enum ChannelSelection
{
    /// <summary>Those that the layers behind miss least once their other weights have made up for them.</summary>
    SecondOrder,

    /// <summary>Those with the smallest weights.</summary>
    Magnitude,

    /// <summary>By chance.</summary>
    Random,
}

/// <summary>How it is decided how many channels each layer gives.</summary>
internal enum ChannelAllocation
{
    /// <summary>By what the model's outputs suffer on samples that nothing was fitted to.</summary>
    HeldOutSensitivity,

    /// <summary>By what the layers behind suffer.</summary>
    LocalError,

    /// <summary>The same share of every layer.</summary>
    Uniform,
}

/// <summary>What makes up for the channels that went.</summary>
internal enum ChannelRepair
{
    /// <summary>New weights and biases for every layer behind, from front to back.</summary>
    LeastSquares,

    /// <summary>New biases: the layers behind make what they made on average.</summary>
    Biases,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>How channels are pruned. What is not the default is there to be compared with.</summary>
internal sealed record PruningRecipe
{
    public ChannelSelection Selection { get; init; }

    public ChannelAllocation Allocation { get; init; }

    public ChannelRepair Repair { get; init; }

    /// <summary>Which numbers of channels layers keep.</summary>
    public required ChannelWidths Widths { get; init; }
}
