using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Robustness.Corruptions;

namespace ModelCompiler.Tests.Evaluation.Robustness;

public sealed class JpegCompressionTests
{
    [Fact]
    public void TablesScaleWithQuality()
    {
        QuantizationTables.Luma(50)[..3].ShouldBe([16, 11, 10]);
        QuantizationTables.Luma(25)[..3].ShouldBe([32, 22, 20]);
        QuantizationTables.Luma(75)[..3].ShouldBe([8, 6, 5]);
        QuantizationTables.Chroma(10)[..3].ShouldBe([85, 90, 120]);
        QuantizationTables.Chroma(7)[^1].ShouldBe(255);
        QuantizationTables.Luma(100).ShouldAllBe(step => step == 1);
    }

    /// <summary>The example that encyclopaedias work through, with the table of quality 50.</summary>
    [Fact]
    public void QuantizesTheKnownExample()
    {
        float[] block =
        [
            52, 55, 61, 66, 70, 61, 64, 73,
            63, 59, 55, 90, 109, 85, 69, 72,
            62, 59, 68, 113, 144, 104, 66, 73,
            63, 58, 71, 122, 154, 106, 70, 69,
            67, 61, 68, 104, 126, 88, 68, 70,
            79, 65, 60, 70, 77, 68, 58, 75,
            85, 71, 64, 59, 55, 61, 65, 83,
            87, 79, 69, 68, 65, 76, 78, 94,
        ];
        float[] expected =
        [
            62, 65, 57, 60, 72, 63, 60, 82,
            57, 55, 56, 82, 108, 87, 62, 71,
            58, 50, 60, 111, 148, 114, 67, 65,
            65, 55, 66, 120, 155, 114, 68, 70,
            70, 63, 67, 101, 122, 88, 60, 78,
            71, 71, 64, 70, 80, 62, 56, 81,
            75, 82, 67, 54, 63, 65, 66, 83,
            81, 94, 75, 54, 68, 81, 81, 87,
        ];
        var values = Array.ConvertAll(block, value => value - 128);

        CosineBlock.Quantize(values, CosineBlock.Side, QuantizationTables.Luma(50));

        for (var i = 0; i < values.Length; i++)
            (values[i] + 128).ShouldBe(expected[i], 0.51f, $"value {i}");
    }

    [Fact]
    public void TheFinestStepsChangeNextToNothing()
    {
        var image = new RgbImage(SyntheticImage.Rgb(19, 13, new Noise(1, "image")), 19, 13);
        var planes = YccPlanes.Of(image);

        (planes.Width, planes.Height).ShouldBe((24, 16));
        planes.ToImage(19, 13).Bytes.ToArray().ShouldBe(image.Bytes.ToArray());
    }

    [Fact]
    public void GrayStaysGray()
    {
        var image = new RgbImage(Enumerable.Repeat((byte)128, 3 * 10 * 10).ToArray(), 10, 10);

        new JpegCompression().Apply(image, 5, new Noise(0, "")).Bytes.ToArray().ShouldBe(image.Bytes.ToArray());
    }
}
