namespace DigitReader.Training.Drawing;

/// <summary>What paper, scanner and camera do to ink: a little blur, uneven blackness, noise.</summary>
internal static class InkTexture
{
    /// <summary>Changes a 28×28 image in place; values stay within 0 and 1.</summary>
    public static void Apply(Span<float> image, RandomSource random)
    {
        if (random.Chance(0.35f))
            Blur(image, random.Between(0.02f, 0.16f));
        var gain = random.Chance(0.5f) ? 1f : random.Between(0.75f, 1.35f);
        var noise = random.Chance(0.15f) ? random.Between(0.01f, 0.1f) : 0f;
        for (var i = 0; i < image.Length; i++)
        {
            var grain = noise > 0f ? random.Normal(noise) : 0f;
            image[i] = Math.Clamp((image[i] * gain) + grain, 0f, 1f);
        }
    }

    /// <summary>Mixes every pixel with its four neighbours, each with the given weight.</summary>
    private static void Blur(Span<float> image, float weight)
    {
        const int side = DigitPainter.Side;
        var source = image.ToArray();
        for (var y = 1; y < side - 1; y++)
        {
            for (var x = 1; x < side - 1; x++)
            {
                var i = (y * side) + x;
                var around = source[i - 1] + source[i + 1] + source[i - side] + source[i + side];
                image[i] = (source[i] * (1f - (4f * weight))) + (around * weight);
            }
        }
    }
}
