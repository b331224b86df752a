using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Prune;

/// <summary>What a layer is to make: as the original, without what is added behind, and anything below 0 where a Relu cuts it off.</summary>
public sealed class RepairTargetTests
{
    private static readonly Tensor Original = Tensor.Of([3f, -3f, -3f], 3, 1);

    [Fact]
    public void IsWhatTheOriginalMakes() => Gather(new RepairTarget(Original, [0], null)).ShouldBe([3, -3, -3]);

    [Fact]
    public void IsLessWhatIsAddedBehind() => Gather(new RepairTarget(Original, [0], Tensor.Of([1f, 2f, -1f], 3, 1))).ShouldBe([2, -5, -2]);

    [Fact]
    public void WhatAReluCutsOffMayBeAnythingBelowZero()
    {
        var now = Tensor.Of([-1f, -9f, 4f], 3, 1);

        Gather(new RepairTarget(Original, [0], null) { Rectified = now }).ShouldBe([3, -9, 0]);
        Gather(new RepairTarget(Original, [0], Tensor.Of([1f, 1f, 1f], 3, 1)) { Rectified = now }).ShouldBe([2, -10, -1]);
    }

    private static float[] Gather(RepairTarget target)
    {
        var builder = new GraphBuilder(13);
        var product = builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 3, 2), builder.Initializer("w", Networks.Weights(1, 2, 1))]);
        var patches = LayerPatches.Of(SummedWeight.Of(new Use(product.Producer!, 1))!, [3, 2], most: 10, round: 0)!;
        target.Fits(patches, outputs: 1).ShouldBeTrue();
        var row = new float[3];
        target.Gather(patches, 0, row);
        return row;
    }
}
