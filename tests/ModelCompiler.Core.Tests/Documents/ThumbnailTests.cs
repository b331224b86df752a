using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Documents;

namespace ModelCompiler.Tests.Documents;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(400, 200, 96, 48)]
    [InlineData(20, 30, 20, 30)]
    [InlineData(1000, 1, 96, 1)]
    public void IsAPngOfTheWholeImage(int width, int height, int expectedWidth, int expectedHeight)
    {
        var bytes = new byte[3 * width * height];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i % 3 == 0 ? 200 : 40);

        var decoded = ImageDecoder.Decode(Thumbnail.Png(new RgbImage(bytes, width, height)));

        (decoded.Width, decoded.Height).ShouldBe((expectedWidth, expectedHeight));
        decoded.Bytes.ToArray().Index().ShouldAllBe(value => value.Item == (value.Index % 3 == 0 ? 200 : 40));
    }
}
