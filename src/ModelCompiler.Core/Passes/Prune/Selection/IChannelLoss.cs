namespace ModelCompiler.Passes;

/// <summary>What is lost when units go. A unit is a set of channels that can only go together.</summary>
internal interface IChannelLoss
{
    /// <summary>What is lost when this unit is the next to go: 0 is nothing.</summary>
    double Of(int unit);
}
