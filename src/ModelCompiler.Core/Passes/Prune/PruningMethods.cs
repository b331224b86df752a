using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>A way of pruning, by its word in the <c>Pruning</c> metadata.</summary>
/// <param name="Name">For example <c>channels</c>.</param>
/// <param name="Plan">Looks at a simplified model, which is left as it is and needed as long as what comes of it.</param>
internal sealed record PruningMethod(string Name, Func<Model, HardwareProfile, PruningSamples, IPruning> Plan)
{
    /// <summary>The ratio where the project gives none; null where size or latency can be the goal in its place.</summary>
    public double? UsualRatio { get; init; }

    /// <summary>Ratios are below this, or equal to <see cref="UsualRatio"/>.</summary>
    public double MostRatio { get; init; } = 1;
}

/// <summary>Every way of pruning that the compiler has.</summary>
internal static class PruningMethods
{
    public static IReadOnlyList<PruningMethod> All { get; } =
    [
        new("channels", (model, profile, samples) => ChannelPruning.Plan(model, ChannelsOf(profile, samples), samples)),
        new("weights", (model, _, samples) => new PruningOfWeights(model, ZeroPlacement.Anywhere, samples)) { UsualRatio = 0.5 },
        new("2:4", (model, _, samples) => new PruningOfWeights(model, ZeroPlacement.TwoOfFour, samples)) { UsualRatio = 0.5, MostRatio = 0.5 },
    ];

    /// <summary>The method of that name, or null.</summary>
    public static PruningMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>Without typical inputs nothing is known of what a channel is worth but its weights, and nothing can be fitted.</summary>
    private static PruningRecipe ChannelsOf(HardwareProfile profile, PruningSamples samples)
    {
        var recipe = new PruningRecipe { Widths = new(profile.Pruning.ChannelMultiple, profile.Pruning.WideChannelMultiple ?? profile.Pruning.ChannelMultiple) };
        return samples.AreTypical ? recipe : recipe with { Selection = ChannelSelection.Magnitude, Repair = ChannelRepair.None };
    }
}
