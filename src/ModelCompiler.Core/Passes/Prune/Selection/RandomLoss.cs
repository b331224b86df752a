namespace ModelCompiler.Passes;

/// <summary>Every unit counts the same as far as anybody knows: what a choice by evidence must be better than.</summary>
internal sealed class RandomLoss(int seed) : IChannelLoss
{
    /// <summary>From 0 to 1, the same for the same unit and seed.</summary>
    public double Of(int unit) => new Random(HashCodeOf(unit)).NextDouble();

    private int HashCodeOf(int unit) => unchecked((seed * 1_000_003) + (unit * 7919));
}
