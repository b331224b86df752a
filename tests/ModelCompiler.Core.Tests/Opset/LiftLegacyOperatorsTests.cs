using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Opset.Lifting;

namespace ModelCompiler.Tests.Opset;

public sealed class LiftLegacyOperatorsTests
{
    [Theory]
    [InlineData("Affine")]
    [InlineData("ScaledTanh")]
    [InlineData("ParametricSoftplus")]
    public void WritesOutScalingByAlphaAndBeta(string opType)
    {
        var x = Noise(2, 3);
        LiftsTo(13, OfOneNode(7, opType, x, new Attributes { ["alpha"] = 1.5f, ["beta"] = 0.5f }), x);
    }

    [Fact]
    public void WritesOutScale()
    {
        var x = Noise(2, 3);
        LiftsTo(13, OfOneNode(7, "Scale", x, new Attributes { ["scale"] = 0.25f }), x);
    }

    [Fact]
    public void WritesOutImageScaler()
    {
        var x = Noise(1, 3, 2, 2);
        LiftsTo(13, OfOneNode(7, "ImageScaler", x, new Attributes { ["scale"] = 2f, ["bias"] = new[] { 1f, 2, 3 } }), x);
    }

    [Fact]
    public void WritesOutCropByBorderAndBySize()
    {
        var x = Noise(1, 2, 6, 7);
        LiftsTo(13, OfOneNode(7, "Crop", x, new Attributes { ["border"] = new long[] { 1, 2, 0, 1 } }), x);
        LiftsTo(13, OfOneNode(7, "Crop", x, new Attributes { ["border"] = new long[] { 1, 2, 0, 0 }, ["scale"] = new long[] { 2, 3 } }), x);
    }

    [Fact]
    public void RenamesDynamicSlice()
    {
        var x = Noise(3, 4);
        LiftsTo(13, OfOneNode(7, "DynamicSlice", x, null, Tensor.Vector(1L), Tensor.Vector(3L), Tensor.Vector(1L)), x);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    public void TurnsAcrossChannelsIntoAxes(long acrossChannels)
    {
        var x = Noise(1, 3, 4, 4);
        LiftsTo(13, OfOneNode(7, "MeanVarianceNormalization", x, new Attributes { ["across_channels"] = acrossChannels }), x);
    }

    [Fact]
    public void RefusesToMixTheSamplesOfABatch() =>
        RefusesToLift(13, OfOneNode(7, "MeanVarianceNormalization", Noise(2, 3, 4, 4))).Diagnostic.Message.ShouldContain("batch");
}
