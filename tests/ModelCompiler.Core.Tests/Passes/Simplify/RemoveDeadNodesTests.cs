using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class RemoveDeadNodesTests
{
    [Fact]
    public void ChainsThatNobodyReadsGoWithTheirWeights()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Node("Relu", [x]), "y");
        builder.Node("Exp", [builder.Node("Add", [x, builder.Initializer("w", Tensor.Vector(1f, 2f))])]);

        PassTest.Run(new RemoveDeadNodes(), builder).Leaves("Relu").Rewritten.Graph.Initializers.ShouldBeEmpty();
    }

    [Fact]
    public void ANodeStaysWhoseSecondOutputIsRead()
    {
        var builder = Graph(out var x);
        builder.Output(builder.Nodes("Split", [x], 2)[1], "y");

        PassTest.Run(new RemoveDeadNodes(), builder).Declines();
    }

    [Fact]
    public void WhatANestedGraphCapturesStays()
    {
        var builder = Graph(out var x);
        var captured = builder.Node("Exp", [x]);
        var condition = builder.Initializer("condition", Tensor.Scalar(true));
        var branch = Of(
            ("then_branch", builder.Nested("then", inner => inner.Output(inner.Node("Relu", [captured]), "a"))),
            ("else_branch", builder.Nested("else", inner => inner.Output(inner.Node("Neg", [x]), "b"))));
        builder.Output(builder.Node("If", [condition], branch), "y");

        PassTest.Run(new RemoveDeadNodes(), builder).Declines().SameOutputs();
    }

    [Fact]
    public void DeadNodesOfNestedGraphsGo()
    {
        var builder = Graph(out var x);
        var branch = Of(
            ("then_branch", builder.Nested("then", inner =>
            {
                inner.Node("Exp", [x]);
                inner.Output(inner.Node("Relu", [x]), "a");
            })),
            ("else_branch", builder.Nested("else", inner => inner.Output(inner.Node("Neg", [x]), "b"))));
        builder.Output(builder.Node("If", [builder.Initializer("condition", Tensor.Scalar(true))], branch), "y");

        PassTest.Run(new RemoveDeadNodes(), builder).Leaves("If").Context.Log.ShouldHaveSingleItem();
    }

    private static GraphBuilder Graph(out Value x)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, 2);
        return builder;
    }
}
