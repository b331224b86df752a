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
        var random = new Random(seed);
        foreach (var node in model.Graph.Nodes)
        {
            if (random.Next(3) == 0)
                Damage(node, random);
        }

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

    private static void Damage(Node node, Random random)
    {
        foreach (var (name, value) in node.Attributes.ToArray())
        {
            switch (random.Next(4), value)
            {
                case (0, _): node.RemoveAttribute(name); break;
                case (1, AttributeValue.Int): node.SetAttribute(name, random.Next(-9, 9)); break;
                case (1, AttributeValue.Ints ints): node.SetAttribute(name, ints.Values.Skip(1).Append(random.Next(-9, 9)).ToArray()); break;
                case (2, AttributeValue.Ints ints): node.SetAttribute(name, ints.Values.Skip(1).ToArray()); break;
                case (2, _): node.SetAttribute(name, long.MaxValue); break;
                default: break;
            }
        }

        if (node.Inputs.Count > 0 && random.Next(2) == 0)
            node.SetInput(random.Next(node.Inputs.Count), random.Next(2) == 0 ? null : node.Inputs[random.Next(node.Inputs.Count)]);
    }
}
