using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Prune;

/// <summary>What is found in a small model, and what becomes of it when channels go.</summary>
internal sealed class ChannelTest(Model model)
{
    private readonly CoupledChannels _channels = CoupledChannels.Of(model);

    /// <summary>How many units each group has, in graph order.</summary>
    public ChannelTest HasGroups(params int[] units)
    {
        _channels.Groups.Select(group => group.Units.Count).ShouldBe(units, string.Join("; ", _channels.Locked));
        return this;
    }

    /// <summary>Some layer has channels that are locked for this reason.</summary>
    public ChannelTest Locks(string reason)
    {
        _channels.Locked.Select(locked => locked.Reason).ShouldContain(found => found.Contains(reason, StringComparison.Ordinal), string.Join("; ", _channels.Locked));
        return this;
    }

    /// <summary>Without every second unit, and without all that can go, the model computes what it must.</summary>
    public Model Prunes(long openSize = 2)
    {
        var units = _channels.Groups.SelectMany(group => group.Units).ToArray();
        var inputs = RandomTensors.ForInputs(model, seed: 3, openSize);
        PrunedModel.Without(model, units).IsExact(inputs).Units.Count.ShouldBeGreaterThanOrEqualTo(units.Length / 2);
        var half = PrunedModel.Without(model, units.Where((_, i) => i % 2 == 0)).IsExact(inputs);
        half.Units.ShouldNotBeEmpty();
        return half.Pruned;
    }
}
