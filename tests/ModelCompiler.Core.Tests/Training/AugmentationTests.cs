using ModelCompiler.Contract;
using ModelCompiler.Training.Augmentation;

namespace ModelCompiler.Tests.Training;

/// <summary>What is done to images, planes or interleaved.</summary>
public sealed class AugmentationTests
{
    private static readonly ImageForm Planes = new(Channels: 2, Height: 2, Width: 3, IsInterleaved: false);

    private static readonly ImageForm Pixels = Planes with { IsInterleaved = true };

    [Fact]
    public void AMirrorKeepsRowsAndChannelsApart()
    {
        float[] planes = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16];
        float[] pixels = [1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16];
        var mirrored = Enumerable.Range(0, 40).Select(seed => (Of(new Mirror(), planes, Planes, seed), Of(new Mirror(), pixels, Pixels, seed))).ToArray();

        mirrored.ShouldContain(pair => pair.Item1.SequenceEqual(planes), "every second image stays");
        foreach (var (inPlanes, inPixels) in mirrored.Where(pair => !pair.Item1.SequenceEqual(planes)))
        {
            inPlanes.ShouldBe([3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14]);
            inPixels.ShouldBe([3, 13, 2, 12, 1, 11, 6, 16, 5, 15, 4, 14]);
        }
    }

    [Fact]
    public void AShiftRepeatsTheBorder()
    {
        var form = new ImageForm(1, 1, 4, IsInterleaved: false);
        var seen = Enumerable.Range(0, 60).Select(seed => string.Join(' ', Of(new Shift(0.5), [1, 2, 3, 4], form, seed))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        seen.ShouldBe(["1 1 1 2", "1 1 2 3", "1 2 3 4", "2 3 4 4", "3 4 4 4"]);
    }

    [Fact]
    public void AShiftMovesBothFormsAlike()
    {
        var random = new Random(3);
        var form = new ImageForm(3, 8, 16, IsInterleaved: false);
        var planes = Enumerable.Range(0, 3 * 8 * 16).Select(_ => random.NextSingle()).ToArray();
        for (var seed = 0; seed < 20; seed++)
        {
            var moved = Of(new Shift(0.25), planes, form, seed);

            Interleaved(moved, form).ShouldBe(Of(new Shift(0.25), Interleaved(planes, form), form with { IsInterleaved = true }, seed));
        }
    }

    [Fact]
    public void ColourChangesContrastAndBrightnessWithinItsBounds()
    {
        float[] image = [1, -1, 1, -1];
        for (var seed = 0; seed < 50; seed++)
        {
            var changed = Of(new Colour(0.2f), image, new ImageForm(1, 2, 2, false), seed);

            ((changed[0] - changed[1]) / 2).ShouldBeInRange(0.8f, 1.2f);
            ((changed[0] + changed[1]) / 2).ShouldBeInRange(-0.2f, 0.2f);
        }
    }

    [Fact]
    public void OnlyInputsThatImagesBecomeAreVaried()
    {
        var value = new ValueSignature("x", ValueKind.Tensor, ElementType.Float32, null, "tensor(float)");
        var image = new ManifestInput(value, new ImageInput(ImageLayout.Nhwc, ImageColor.Rgb, default!, null, 1, default, default));

        ImageForm.Of(image, [1, 5, 7, 3]).ShouldBe(new ImageForm(3, 5, 7, true));
        ImageForm.Of(new ManifestInput(value, null), [1, 5, 7, 3]).ShouldBeNull();
    }

    private static float[] Of(IAugmentation augmentation, float[] image, ImageForm form, int seed)
    {
        var changed = (float[])image.Clone();
        augmentation.Apply(changed, form, new Random(seed));
        return changed;
    }

    private static float[] Interleaved(float[] planes, ImageForm form) =>
        [.. Enumerable.Range(0, form.Height * form.Width).SelectMany(pixel => Enumerable.Range(0, form.Channels).Select(channel => planes[(channel * form.Height * form.Width) + pixel]))];
}
