using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes;

/// <summary>The whole pipeline on control flow: nested graphs are simplified too, and what they capture keeps its meaning.</summary>
public sealed class NestedGraphTests
{
    [Fact]
    public void BranchesAreSimplifiedAndReadTheOuterGraph()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 2, 5, 5);
        var condition = builder.Input("condition", ElementType.Bool);
        var outer = builder.Node("Identity", [builder.Node("Relu", [x])]);
        var weight = builder.Initializer("w", RandomTensors.Floats(new Random(1), 2, 2, 1, 1));
        var scale = builder.Initializer("s", RandomTensors.Floats(new Random(2), 2, 1, 1));
        var branches = Of(
            ("then_branch", builder.Nested("then", inner =>
            {
                var conv = inner.Node("Conv", [inner.Node("Identity", [outer]), weight]);
                inner.Output(inner.Node("Mul", [conv, scale]), "a");
            })),
            ("else_branch", builder.Nested("else", inner =>
            {
                var half = inner.Node("Constant", [], Of(("value_float", 0.5f)));
                inner.Output(inner.Node("Mul", [outer, inner.Node("Exp", [half])]), "b");
            })));
        builder.Output(builder.Node("If", [condition], branches), "y");

        var test = PassTest.Run(Pipelines.Simplify, builder.Model).Leaves("Relu", "If");

        var nested = test.Rewritten.Graph.Nodes[1].Subgraphs.ToArray();
        nested[0].Nodes.Select(node => node.OpType).ShouldBe(["Conv"]);
        nested[1].Nodes.Select(node => node.OpType).ShouldBe(["Mul"]);
    }

    [Fact]
    public void AValueThatABranchReadsIsNotFoldedAway()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 2, 5, 5);
        var condition = builder.Input("condition", ElementType.Bool);
        var conv = builder.Node("Conv", [x, builder.Initializer("w", RandomTensors.Floats(new Random(1), 2, 2, 1, 1))]);
        var scaled = builder.Node("Mul", [conv, builder.Initializer("s", Tensor.Scalar(3f))]);
        var branches = Of(
            ("then_branch", builder.Nested("then", inner => inner.Output(inner.Node("Neg", [conv]), "a"))),
            ("else_branch", builder.Nested("else", inner => inner.Output(inner.Node("Abs", [scaled]), "b"))));
        builder.Output(builder.Node("If", [condition], branches), "y").Output(scaled, "z");

        PassTest.Run(Pipelines.Simplify, builder.Model).Leaves("Conv", "Mul", "If");
    }

    [Fact]
    public void WhatChangesFromIterationToIterationIsNotTakenForConstant()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 1, 3);
        var body = builder.Nested("body", inner =>
        {
            inner.Input("i", ElementType.Int64);
            var keepOn = inner.Input("keep_on", ElementType.Bool);
            var state = inner.Input("state", ElementType.Float32, 1, 3);
            var shape = inner.Node("Shape", [state]);
            var grown = inner.Node("Concat", [state, x], Of(("axis", 0L)));
            inner.Output(inner.Node("Identity", [keepOn]), "keep_on_out").Output(grown, "state_out");
            inner.Output(inner.Node("ReduceSum", [inner.Node("Cast", [shape], Of(("to", 1L)))]), "size");
        });
        var made = builder.Nodes("Loop", [builder.Initializer("n", Tensor.Scalar(3L)), null, x], 2, Of(("body", body)));
        builder.Output(made[0], "y").Output(made[1], "sizes");

        PassTest.Run(Pipelines.Simplify, builder.Model).SameOutputs().Rewritten.Graph.Nodes[0].Subgraphs.Single().Nodes.Count.ShouldBe(5);
    }

    [Fact]
    public void FunctionsOfTheModelAreNotLookedInto()
    {
        var builder = new GraphBuilder(opset: 17).Opset("mine", 1);
        var x = builder.Input("x", ElementType.Float32, 2);
        Value Call() => builder.Node("Noise", [x], domain: "mine");
        var constant = builder.Node("Noise", [builder.Initializer("c", Tensor.Vector(1f, 2f))], domain: "mine");
        builder.Output(builder.Node("Sum", [Call(), Call(), constant]), "y");
        builder.Model.Functions = [new ModelFunction("mine", "Noise", new object())];

        PassTest.Run(Pipelines.Simplify, builder.Model).Declines();
    }
}
