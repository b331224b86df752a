namespace DigitReader.Training.Learning;

/// <summary>Everything that decides which network comes out; the number of threads is not among it.</summary>
internal sealed record TrainingOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Updates of the weights, each on a batch of new drawings.</summary>
    public int Steps { get; init; } = 6000;

    /// <summary>Parts of a batch that are computed independently; their gradients are added in order.</summary>
    public int Shards { get; init; } = 2;

    /// <summary>Samples of a shard, a multiple of 8; batch normalization sees one shard.</summary>
    public int ShardSize { get; init; } = 32;

    public float LearningRate { get; init; } = 2e-3f;

    public float WeightDecay { get; init; } = 0.02f;

    public float LabelSmoothing { get; init; } = 0.05f;
}
