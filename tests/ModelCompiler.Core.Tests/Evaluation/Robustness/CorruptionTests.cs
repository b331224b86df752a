using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Robustness;
using ModelCompiler.Evaluation.Robustness.Corruptions;

namespace ModelCompiler.Tests.Evaluation.Robustness;

public sealed class CorruptionTests
{
    public static TheoryData<string> Names => new(ImageCorruptions.All.Select(corruption => corruption.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryStrengthIsStrongerAndTheSameEachTime(string name)
    {
        var corruption = ImageCorruptions.All.Single(known => known.Name == name);
        var image = new RgbImage(SyntheticImage.Rgb(61, 43, new Noise(1, "image")), 61, 43);
        var last = 0.0;
        for (var strength = 1; strength <= ImageCorruptions.Strengths; strength++)
        {
            var changed = corruption.Apply(image, strength, new Noise(3, name));

            (changed.Width, changed.Height).ShouldBe((61, 43));
            changed.Bytes.ToArray().ShouldBe(corruption.Apply(image, strength, new Noise(3, name)).Bytes.ToArray());
            var distance = changed.Bytes.ToArray().Zip(image.Bytes.ToArray(), (one, other) => Math.Abs(one - other)).Average();
            distance.ShouldBeGreaterThan(last, $"strength {strength}");
            last = distance;
        }
    }

    [Fact]
    public void BrightnessKeepsHueAndSaturation() =>
        new Brightness().Apply(Pixels(100, 50, 0, 0, 0, 0, 200, 250, 250), 2, new Noise(0, "")).Bytes.ToArray().ShouldBe([151, 76, 0, 51, 51, 51, 204, 255, 255]); // by 51 of 255

    [Fact]
    public void ContrastLeavesTheMeanOfEachChannel() =>
        new Contrast().Apply(Pixels(100, 0, 10, 200, 100, 10), 1, new Noise(0, "")).Bytes.ToArray().ShouldBe([130, 30, 10, 170, 70, 10]); // 40 % of ±50

    [Fact]
    public void NoiseHasItsDeviation()
    {
        var bytes = new byte[3 * 100 * 100];
        Array.Fill(bytes, (byte)128);

        var changed = new GaussianNoise().Apply(new RgbImage(bytes, 100, 100), 1, new Noise(5, "noise")).Bytes.ToArray();

        changed.Average(value => value).ShouldBe(128, 0.5);
        Math.Sqrt(changed.Average(value => (value - 128.0) * (value - 128))).ShouldBe(0.08 * 255, 0.5);
    }

    /// <summary>With a deviation of 1, weights fall by e^−½ from one pixel to the next; up to 3 pixels away their sum is 2.50596 times the middle one.</summary>
    [Fact]
    public void BlurIsGaussian()
    {
        var bytes = new byte[3 * 224 * 224];
        var middle = 3 * ((100 * 224) + 100);
        bytes[middle] = 255;

        var changed = new GaussianBlur().Apply(new RgbImage(bytes, 224, 224), 1, new Noise(0, "")).Bytes;

        var highest = 255 / (2.50596 * 2.50596);
        changed[middle].ShouldBe((byte)Math.Round(highest));
        changed[middle + 3].ShouldBe((byte)Math.Round(highest * Math.Exp(-0.5)));
        changed[middle + (3 * 224)].ShouldBe((byte)Math.Round(highest * Math.Exp(-0.5)));
        changed[middle + 3 + (3 * 224)].ShouldBe((byte)Math.Round(highest * Math.Exp(-1)));
        changed[middle + 1].ShouldBe((byte)0);
    }

    [Fact]
    public void BlurOfOneColourIsThatColour()
    {
        var changed = new GaussianBlur().Apply(Pixels([.. Enumerable.Repeat((byte)77, 3 * 5)]), 5, new Noise(0, ""));

        changed.Bytes.ToArray().ShouldAllBe(value => value == 77);
    }

    [Fact]
    public void OcclusionCoversItsShare()
    {
        var changed = new Occlusion().Apply(new RgbImage(new byte[3 * 50 * 20], 50, 20), 3, new Noise(2, "occlusion"));

        changed.Bytes.ToArray().Count(value => value == 128).ShouldBe(3 * 20 * 8);
    }

    [Fact]
    public void RotationTurnsAboutTheMiddle()
    {
        var bytes = new byte[3 * 9 * 9];
        bytes.AsSpan(3 * ((4 * 9) + 4), 3).Fill(200);

        new Rotation().Apply(new RgbImage(bytes, 9, 9), 5, new Noise(0, "rotation")).Bytes[3 * ((4 * 9) + 4)].ShouldBe((byte)200);
    }

    private static RgbImage Pixels(params byte[] row) => new(row, row.Length / 3, 1);
}
