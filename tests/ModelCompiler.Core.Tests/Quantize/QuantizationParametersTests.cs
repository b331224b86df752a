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
    [InlineData(8, 127)]
    [InlineData(7, 63)]
    public void CoverTheGreaterMagnitudeSymmetrically(int bits, int max)
    {
        var parameters = QuantizationParameters.Covering(new ValueRange(-2, 1), IntegerFormat.Symmetric(bits));

        parameters.Scale.ShouldBe(2f / max);
        parameters.ZeroPoint.ShouldBe(0);
    }

    [Fact]
    public void RoundHalfToEvenAndSaturate()
    {
        var parameters = new QuantizationParameters(2, 10, IntegerFormat.UInt8);

        parameters.Quantize([1f, 3, 5, -1000, 1000]).ShouldBe([(byte)10, 12, 12, 0, 255]);
    }
}
