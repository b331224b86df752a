using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Blockwise;

public sealed class BlockwiseWeightTests
{
    [Fact]
    public void PacksTwoIntegersOfFourBitsIntoAByteTheLowerHalfFirst()
    {
        // Two channels of 17 inputs in blocks of 16: the second block of a channel holds one weight and 15 zeros.
        var weights = new float[34];
        (weights[0], weights[1], weights[16]) = (-4, 1.5f, 2);
        (weights[17], weights[18]) = (8, -3);

        var weight = new CoverBlocks().Round(weights, 17, new BlockFormat(4, 16));

        // w / s + 8 with s = the greatest weight / −8: 0.5 for −4, −0.25 for 2, −1 for 8.
        weight.Scales.ShouldBe([0.5f, -0.25f, -1, 1]);
        var packed = weight.Packed();
        packed.Dims.ToArray().ShouldBe([2, 2, 8]);
        packed.Type.ShouldBe(ElementType.UInt8);
        packed.Span<byte>().ToArray().ShouldBe([
            0xB0, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x80, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88,
            0xB0, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88, 0x88,
        ]);
        weight.ToFloats().ShouldBe(weights);
    }

    [Theory]
    [InlineData(8, 16, 1, 1)]
    [InlineData(8, 32, 70, 33)]
    [InlineData(8, 128, 129, 5)]
    [InlineData(4, 16, 33, 3)]
    [InlineData(4, 32, 70, 33)]
    [InlineData(4, 64, 64, 1)]
    public void MeansToOnnxRuntimeWhatItMeansToUs(int bits, int blockSize, int inputs, int outputs)
    {
        var weight = new CoverBlocks().Round(Weights(1, outputs, inputs).Span<float>(), inputs, new BlockFormat(bits, blockSize));

        ModelOutputs.MaxRelativeError(FloatProduct(weight), BlockwiseProduct(weight)).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void LosesNoMoreThanHalfAStepInAnyBlock()
    {
        var weights = Weights(1, 8, 100).Span<float>().ToArray();
        var weight = new CoverBlocks().Round(weights, 100, new BlockFormat(8, 32));

        var floats = weight.ToFloats();
        for (var i = 0; i < weights.Length; i++)
        {
            var step = Math.Abs(weight.Scales[(i / 100 * 4) + (i % 100 / 32)]);
            Math.Abs(floats[i] - weights[i]).ShouldBeLessThanOrEqualTo(step); // a whole one at the other end, which has one integer less
        }
    }

    [Fact]
    public void KeepsBlocksOfZeros() =>
        new CoverBlocks().Round(new float[64], 32, new BlockFormat(4, 32)).ToFloats().ShouldAllBe(value => value == 0);

    private static Model FloatProduct(BlockwiseWeight weight)
    {
        var builder = new GraphBuilder(17);
        var transposed = Tensor.Of(weight.ToFloats(), weight.Outputs, weight.Inputs);
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = 1L };
        return builder.WithOutput(builder.Node("Gemm", [builder.Input("x", ElementType.Float32, 3, weight.Inputs), builder.Initializer("w", transposed)], attributes));
    }

    /// <summary>Accuracy level 1: rows stay float, so that only the weight counts.</summary>
    private static Model BlockwiseProduct(BlockwiseWeight weight)
    {
        var builder = new GraphBuilder(17).Opset("com.microsoft", 1);
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["K"] = (long)weight.Inputs,
            ["N"] = (long)weight.Outputs,
            ["bits"] = (long)weight.Format.Bits,
            ["block_size"] = (long)weight.Format.BlockSize,
            ["accuracy_level"] = 1L,
        };
        var x = builder.Input("x", ElementType.Float32, 3, weight.Inputs);
        return builder.WithOutput(builder.Node(
            "MatMulNBits", [x, builder.Initializer("blocks", weight.Packed()), builder.Initializer("scales", weight.ScaleTensor())], attributes, "com.microsoft"));
    }
}
