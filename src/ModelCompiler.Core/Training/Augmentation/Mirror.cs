namespace ModelCompiler.Training.Augmentation;

/// <summary>Left becomes right, for every second image.</summary>
internal sealed class Mirror : IAugmentation
{
    public void Apply(Span<float> image, ImageForm form, Random random)
    {
        if (random.Next(2) == 0)
            return;
        var (planes, numbers) = form.Planes;
        for (var row = 0; row < planes * form.Height; row++)
            Reverse(image.Slice(row * form.Width * numbers, form.Width * numbers), numbers);
    }

    private static void Reverse(Span<float> row, int numbers)
    {
        row.Reverse();
        for (var pixel = 0; numbers > 1 && pixel < row.Length; pixel += numbers)
            row.Slice(pixel, numbers).Reverse(); // channels keep their order
    }
}
