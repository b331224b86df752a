using System.Globalization;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune;

public sealed class RealModelPruningTests(ITestOutputHelper output)
{
    /// <summary>The share of units that are removed.</summary>
    private const double Share = 0.2;

    [Fact]
    public void RealModelsComputeWhatTheyDidWithTheRemovedChannelsMasked()
    {
        var pruned = 0;
        RealModels.Visit(output, (name, model, inputs) =>
        {
            Pipelines.RunSimplify(model, new PassContext());
            var channels = CoupledChannels.Of(model);
            var units = channels.Groups.SelectMany(group => group.Units).ToArray();
            new Random(1).Shuffle(units);
            output.WriteLine(Summary(name, model, channels));
            if (units.Length == 0)
                return;
            PrunedModel.Without(model, units.Take((int)Math.Ceiling(units.Length * Share))).IsExact(inputs, name);
            pruned++;
        });
        pruned.ShouldBeGreaterThan(10);
    }

    private static string Summary(string name, Model model, CoupledChannels channels)
    {
        var macs = channels.MacsOf(model, ModelCost.TypesOfOneSample(model));
        var units = channels.Groups.Sum(group => group.Units.Count);
        var all = channels.Removable(channels.Groups.SelectMany(group => group.Units));
        var share = macs is { All: > 0 } ? 100 - (macs.Without(all) * 100.0 / macs.All) : double.NaN;
        var reasons = channels.Locked.GroupBy(locked => locked.Reason).Select(group => $"{group.Sum(locked => locked.Count)} channels of {group.Count()} layers: {group.Key}");
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {channels.Groups.Count} groups, {units} units, {share:f1} % of MACs at most\n  {string.Join("\n  ", reasons)}");
    }
}
