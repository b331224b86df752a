namespace ModelCompiler.Passes;

/// <summary>Which weights may be zero together.</summary>
internal enum ZeroPlacement
{
    /// <summary>Any.</summary>
    Anywhere,

    /// <summary>Two of every four neighbouring input channels.</summary>
    TwoOfFour,
}

/// <summary>How it is decided which of a layer's weights go.</summary>
internal enum WeightSelection
{
    /// <summary>Weights and zeros are improved in turn until they agree.</summary>
    Alternating,

    /// <summary>Block by block, each weight that goes being made up for by those behind it.</summary>
    SecondOrder,

    /// <summary>The smallest.</summary>
    Magnitude,
}

/// <summary>How it is decided how many weights each layer gives.</summary>
internal enum WeightAllocation
{
    /// <summary>By what the model's outputs suffer on samples that nothing was fitted to.</summary>
    HeldOutSensitivity,

    /// <summary>The same share of every layer.</summary>
    Uniform,
}

/// <summary>What the weights that stay are.</summary>
internal enum KeptWeights
{
    /// <summary>Those with which the layer comes closest to what it made in the original, from what the pruned layers in front of it make.</summary>
    FittedToOriginal,

    /// <summary>What they were.</summary>
    Unchanged,
}

/// <summary>How weights are pruned. What is not the default is there to be compared with.</summary>
internal sealed record WeightRecipe
{
    public ZeroPlacement Placement { get; init; }

    /// <summary>
    /// Zeros as a share of all weights that may be pruned. Of <see cref="ZeroPlacement.TwoOfFour"/>, 0.5 makes the pattern in every layer that can
    /// have it; with less, the layers that would lose most by it stay as they are.
    /// </summary>
    public required double Ratio { get; init; }

    public WeightSelection Selection { get; init; }

    public WeightAllocation Allocation { get; init; }

    public KeptWeights Kept { get; init; }
}
