using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Quantize.Layout;

public sealed class RandomIntegerGraphTests
{
    private const int Graphs = 60;

    [Fact]
    public void RandomNetworksGiveTheSameIntegersInBothForms()
    {
        var written = 0;
        for (var seed = 0; seed < Graphs; seed++)
        {
            var model = RandomGraph.BuildClassifier(seed);
            Pipelines.RunSimplify(model, new PassContext());
            var twin = IntegerTwin.Of(model).GiveTheSame(because: $"seed {seed}: {string.Join(", ", model.Graph.Nodes)}");
            written += twin.Count("QLinearConv");
        }

        written.ShouldBeGreaterThan(Graphs);
    }
}
