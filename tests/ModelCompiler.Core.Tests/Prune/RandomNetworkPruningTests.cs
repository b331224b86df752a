using System.Globalization;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Prune;

/// <summary>
/// Whatever channels go, what stays computes what it did with them counted as 0. More networks with MODELCOMPILER_PRUNED_NETWORKS=2000.
/// </summary>
public sealed class RandomNetworkPruningTests(ITestOutputHelper output)
{
    private static readonly int Networks =
        int.TryParse(Environment.GetEnvironmentVariable("MODELCOMPILER_PRUNED_NETWORKS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 150;

    [Fact]
    public void PrunedNetworksComputeWhatTheyDidWithTheRemovedChannelsMasked()
    {
        var (units, removed, untouched) = (0, 0, 0);
        for (var seed = 0; seed < Networks; seed++)
        {
            var original = RandomNetwork.Build(seed);
            var wanted = CoupledChannels.Of(original).Groups.SelectMany(group => group.Units).ToArray();
            var random = new Random(seed);
            random.Shuffle(wanted);
            var test = PrunedModel.Without(original, wanted.Take((int)Math.Ceiling(wanted.Length * (0.1 + (0.8 * random.NextDouble())))));
            test.IsExact(RandomTensors.ForInputs(original, seed, openSize: 2), $"seed {seed}: {string.Join(", ", original.Graph.Nodes)}");
            (units, removed, untouched) = (units + wanted.Length, removed + test.Units.Count, untouched + (test.Units.Count == 0 ? 1 : 0));
        }

        output.WriteLine($"{Networks} networks, {removed} of {units} units removed, {untouched} networks without any");
        removed.ShouldBeGreaterThan(units / 5);
        untouched.ShouldBeLessThan(Networks / 10);
    }
}
