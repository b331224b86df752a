namespace ModelCompiler.Passes;

/// <summary>What all layers together lose that sum over a group's channels.</summary>
internal sealed class ConsumersLoss(IReadOnlyList<ConsumerOfChannels> consumers) : IChannelLoss
{
    public double Of(int unit) => consumers.Sum(consumer => consumer.Of(unit));
}
