using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Prune;

/// <summary>Nodes that break their operator's rules, which ONNX Runtime refuses later, do not break the search for channels, nor their removal.</summary>
public sealed class DamagedChannelsTests
{
    [Fact]
    public void ChannelsOfDamagedNetworksAreFoundAndRemoved()
    {
        for (var seed = 0; seed < 400; seed++)
            Prune(RandomNetwork.Build(seed), seed, "random network");
    }

    [Fact]
    public void ChannelsOfDamagedSingleOperatorsAreFoundAndRemoved()
    {
        foreach (var conformance in ConformanceCase.All())
        {
            for (var seed = 0; seed < 4; seed++)
                Prune(OnnxReader.Read(conformance.Model), seed, conformance.Name);
        }
    }

    private static void Prune(Model model, int seed, string name)
    {
        GraphDamage.Do(model, seed);
        if (GraphVerifier.Verify(model).Count > 0)
            return;
        try
        {
            var channels = CoupledChannels.Of(model);
            channels.Remove(channels.Removable(channels.Groups.SelectMany(group => group.Units).Where(unit => unit % 2 == 0)), new PassContext());
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}, seed {seed}: {exception}");
        }

        GraphVerifier.Verify(model).ShouldBeEmpty($"{name}, seed {seed}");
    }
}
