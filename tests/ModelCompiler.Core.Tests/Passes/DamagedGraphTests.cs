using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Tests.Passes;

/// <summary>Nodes that break their operator's rules (which ONNX Runtime refuses later) do not break simplification.</summary>
public sealed class DamagedGraphTests
{
    /// <summary>FoldConstants hands nodes to ONNX Runtime, whose kernels end the process on some damaged nodes, as they would when the model is loaded.</summary>
    private static readonly IGraphPass[] Passes = [.. Pipelines.Simplify.Where(pass => pass is not FoldConstants)];

    [Fact]
    public void DamagedSingleOperatorsAreLeftToOnnxRuntime()
    {
        foreach (var conformance in ConformanceCase.All())
        {
            for (var seed = 0; seed < 4; seed++)
                SimplifyDamaged(OnnxReader.Read(conformance.Model), seed, conformance.Name);
        }
    }

    [Fact]
    public void DamagedNetworksAreLeftToOnnxRuntime()
    {
        for (var seed = 0; seed < 400; seed++)
            SimplifyDamaged(RandomGraph.Build(seed), seed, "random graph");
    }

    private static void SimplifyDamaged(Model model, int seed, string name)
    {
        GraphDamage.Do(model, seed);
        try
        {
            PassRunner.RunToFixedPoint(model, Passes, new PassContext());
        }
        catch (DiagnosticException)
        {
            // A refusal in words is what a damaged model may get.
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}, seed {seed}: {exception}");
        }
    }
}
