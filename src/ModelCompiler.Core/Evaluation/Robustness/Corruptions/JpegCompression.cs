using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>
/// What JPEG takes from an image: each block of 8 × 8 values of luma and chroma keeps only multiples of a step in each of its frequencies (ITU-T T.81). The code
/// that follows in a file loses nothing, so that none is needed here; chroma keeps its resolution (4:4:4).
/// </summary>
internal sealed class JpegCompression : IImageCorruption
{
    /// <summary>Quality, from 100 down: ImageNet-C's <c>jpeg_compression</c>.</summary>
    private static readonly int[] Qualities = [25, 18, 15, 10, 7];

    public string Name => "jpeg";

    public bool KeepsPlaces => true;

    public RgbImage Apply(RgbImage image, int strength, Noise noise)
    {
        var planes = YccPlanes.Of(image);
        var luma = QuantizationTables.Luma(Qualities[strength - 1]);
        var chroma = QuantizationTables.Chroma(Qualities[strength - 1]);
        foreach (var (plane, steps) in new[] { (planes.Y, luma), (planes.Cb, chroma), (planes.Cr, chroma) })
        {
            for (var y = 0; y < planes.Height; y += CosineBlock.Side)
            {
                for (var x = 0; x < planes.Width; x += CosineBlock.Side)
                    CosineBlock.Quantize(plane.AsSpan((y * planes.Width) + x), planes.Width, steps);
            }
        }

        return planes.ToImage(image.Width, image.Height);
    }
}
