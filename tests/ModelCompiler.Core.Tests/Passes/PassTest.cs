using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Passes;

/// <summary>Runs a pass on a copy of a model and compares the two in ONNX Runtime.</summary>
internal sealed record PassTest(Model Original, Model Rewritten, PassContext Context)
{
    /// <summary>Max relative error that a rewrite of float arithmetic may have.</summary>
    public const double Tolerance = 1e-5;

    public IReadOnlyList<string> Operators => [.. Rewritten.Graph.Nodes.Select(node => node.OpType)];

    public static PassTest Run(IGraphPass pass, GraphBuilder builder) => Run([pass], builder.Model);

    public static PassTest Run(IReadOnlyList<IGraphPass> passes, Model original)
    {
        GraphVerifier.Verify(original).ShouldBeEmpty();
        var rewritten = original.Clone();
        var context = new PassContext();
        PassRunner.Run(rewritten, passes, context);
        return new PassTest(original, rewritten, context);
    }

    /// <summary>The pass left these operators, and the outputs are what they were.</summary>
    public PassTest Leaves(params string[] operators)
    {
        Operators.ShouldBe(operators);
        return SameOutputs();
    }

    /// <summary>The pass changed nothing.</summary>
    public PassTest Declines()
    {
        Context.Log.ShouldBeEmpty();
        return this;
    }

    public PassTest SameOutputs(long openSize = 2)
    {
        var inputs = RandomTensors.ForInputs(Original, seed: 7, openSize);
        using var before = OrtModel.Load(Original, ExecutionOptions.AsWritten);
        using var after = OrtModel.Load(Rewritten, ExecutionOptions.AsWritten);
        OutputComparison.Difference(before.Run(inputs), after.Run(inputs), Tolerance).ShouldBeNull();
        return this;
    }
}
