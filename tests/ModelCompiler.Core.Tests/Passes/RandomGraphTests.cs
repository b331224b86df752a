using System.Globalization;
using ModelCompiler.Execution;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Passes;

/// <summary>Any network gives the same outputs after simplification. More of them with MODELCOMPILER_RANDOM_GRAPHS=10000.</summary>
public sealed class RandomGraphTests
{
    private static readonly int Graphs =
        int.TryParse(Environment.GetEnvironmentVariable("MODELCOMPILER_RANDOM_GRAPHS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 200;

    [Fact]
    public void SimplifiedRandomGraphsGiveTheSameOutputsWithNoMoreNodes()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var original = RandomGraph.Build(seed);
            var simplified = original.Clone();
            Pipelines.RunSimplify(simplified, new PassContext());

            var inputs = RandomTensors.ForInputs(original, seed);
            using var before = OrtModel.Load(original, ExecutionOptions.AsWritten);
            using var after = OrtModel.Load(simplified, ExecutionOptions.AsWritten);
            OutputComparison.Difference(before.Run(inputs), after.Run(inputs), tolerance: 1e-4).ShouldBeNull($"seed {seed}: {string.Join(", ", original.Graph.Nodes)}");
            simplified.Graph.Nodes.Count.ShouldBeLessThanOrEqualTo(original.Graph.Nodes.Count, $"seed {seed}");
        }
    }
}
