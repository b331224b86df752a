using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize;

public sealed class QuantizationParametersTests
{
    [Theory]
    [InlineData(-1, 3, 4.0 / 255, 64)] // 255/4 = 63.75
    [InlineData(0, 6, 6.0 / 255, 0)]
    [InlineData(2, 6, 6.0 / 255, 0)] // extended to hold 0
    [InlineData(-6, -2, 6.0 / 255, 255)]
    [InlineData(-1, 1, 2.0 / 255, 128)] // 127.5 goes to the even neighbour
    [InlineData(0, 0, 1, 0)]
    [InlineData(0, 1e-38, 1, 0)]
    public void CoverARangeWithUnsignedBytes(double min, double max, double scale, int zeroPoint)
    {
        var parameters = QuantizationParameters.Covering(new ValueRange(min, max), IntegerFormat.UInt8);

        parameters.Scale.ShouldBe((float)scale);
        parameters.ZeroPoint.ShouldBe(zeroPoint);
    }

    [Theory]
    [InlineData(-1, 3, 4.0 / 65535, 16384)] // 65535/4 = 16383.75
    [InlineData(0, 6, 6.0 / 65535, 0)]
    [InlineData(-6, -2, 6.0 / 65535, 65535)]
    [InlineData(-1, 1, 2.0 / 65535, 32768)] // 32767.5 goes to the even neighbour
    public void CoverARangeWithSixteenBits(double min, double max, double scale, int zeroPoint)
    {
        var parameters = QuantizationParameters.Covering(new ValueRange(min, max), IntegerFormat.UInt16);

        parameters.Scale.ShouldBe((float)scale);
        parameters.ZeroPoint.ShouldBe(zeroPoint);
        parameters.ZeroPointTensor.Type.ShouldBe(ElementType.UInt16);
        parameters.ZeroPointTensor.Span<ushort>()[0].ShouldBe((ushort)zeroPoint);
    }

    [Theory]
    [InlineData(0, 1e-6, 1e-4 / 255, 0)]
    [InlineData(-1e-6, 0, 1e-4 / 255, 3)] // from −1e-6, so that 2.55 steps lie below 0
    [InlineData(0, 0, 1e-4 / 255, 0)]
    [InlineData(0, 1e-3, 1e-3 / 255, 0)] // wide enough as it is
    public void WidenARangeToWhatTheDeviceTakes(double min, double max, double scale, int zeroPoint)
    {
        var parameters = QuantizationParameters.Covering(new ValueRange(min, max), IntegerFormat.UInt8 with { LeastWidth = 1e-4 });

        parameters.Scale.ShouldBe((float)scale);
        parameters.ZeroPoint.ShouldBe(zeroPoint);
    }

    [Theory]
    [InlineData(8, 127)]
    [InlineData(7, 63)]
    public void CoverTheGreaterMagnitudeSymmetrically(int bits, int max)
    {
        var parameters = QuantizationParameters.Covering(new ValueRange(-2, 1), IntegerFormat.Symmetric(bits));

        parameters.Scale.ShouldBe(2f / max);
        parameters.ZeroPoint.ShouldBe(0);
    }

    [Fact]
    public void WriteSixteenBitsWithTheLowerByteFirst() =>
        new QuantizationParameters(2, 256, IntegerFormat.UInt16).Quantize([0f, 5, -1e9f, 1e9f]).ShouldBe(new byte[] { 0, 1, 2, 1, 0, 0, 255, 255 });

    [Theory]
    [InlineData("Sigmoid", "uint8", 1.0 / 256, 0)]
    [InlineData("Softmax", "uint8", 1.0 / 256, 0)]
    [InlineData("Tanh", "uint8", 1.0 / 128, 128)]
    [InlineData("Sigmoid", "int8", 1.0 / 256, -128)]
    [InlineData("Tanh", "int8", 1.0 / 128, 0)]
    [InlineData("Sigmoid", "uint16", 1.0 / 65536, 0)]
    [InlineData("Softmax", "uint16", 1.0 / 65536, 0)]
    [InlineData("Tanh", "uint16", 1.0 / 32768, 32768)]
    [InlineData("Sigmoid", "symmetric", 1.0 / 128, 0)]
    [InlineData("Tanh", "symmetric", 1.0 / 127, 0)]
    public void AreKnownForOutputsWhoseRangeIs(string operation, string type, double scale, int zeroPoint)
    {
        var format = type switch { "uint8" => IntegerFormat.UInt8, "int8" => IntegerFormat.Int8, "uint16" => IntegerFormat.UInt16, _ => IntegerFormat.Symmetric(8) };
        var builder = new GraphBuilder(13);
        var node = builder.Node(operation, [builder.Input("x", ElementType.Float32, 1, 4)]).Producer!;

        var parameters = QuantizationParameters.Covering(IntegerOperators.FixedRange(node, format)!.Value, format);

        parameters.Scale.ShouldBe((float)scale);
        parameters.ZeroPoint.ShouldBe(zeroPoint);
    }

    [Fact]
    public void RoundHalfToEvenAndSaturate()
    {
        var parameters = new QuantizationParameters(2, 10, IntegerFormat.UInt8);

        parameters.Quantize([1f, 3, 5, -1000, 1000]).ShouldBe([(byte)10, 12, 12, 0, 255]);
    }
}
