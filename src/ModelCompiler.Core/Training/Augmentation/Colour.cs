namespace ModelCompiler.Training.Augmentation;

/// <summary>
/// Contrast and brightness change, the same for all channels: x becomes a·x + b·s, where s is the usual size of the image's numbers. What preprocessing made of the pixels need not be known.
/// </summary>
/// <param name="most">How far a may be from 1, and b from 0.</param>
internal sealed class Colour(float most) : IAugmentation
{
    public void Apply(Span<float> image, ImageForm form, Random random)
    {
        var (contrast, brightness) = (1 + Signed(random), Signed(random));
        var size = System.Numerics.Tensors.TensorPrimitives.Norm<float>(image) / MathF.Sqrt(image.Length);
        System.Numerics.Tensors.TensorPrimitives.Multiply(image, contrast, image);
        System.Numerics.Tensors.TensorPrimitives.Add(image, brightness * size, image);
    }

    private float Signed(Random random) => most * ((2 * random.NextSingle()) - 1);
}
