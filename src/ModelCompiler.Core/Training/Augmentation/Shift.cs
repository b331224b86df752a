namespace ModelCompiler.Training.Augmentation;

/// <summary>The image moves by a few pixels; what comes in at the border repeats it.</summary>
/// <param name="most">Of width and height.</param>
internal sealed class Shift(double most) : IAugmentation
{
    public void Apply(Span<float> image, ImageForm form, Random random)
    {
        var (down, right) = (Distance(form.Height, random), Distance(form.Width, random));
        if (down == 0 && right == 0)
            return;
        var (planes, numbers) = form.Planes;
        var row = form.Width * numbers;
        var before = image.ToArray();
        for (var plane = 0; plane < planes; plane++)
        {
            for (var y = 0; y < form.Height; y++)
            {
                var from = before.AsSpan(((plane * form.Height) + Math.Clamp(y - down, 0, form.Height - 1)) * row, row);
                MoveRow(from, image.Slice(((plane * form.Height) + y) * row, row), right, numbers);
            }
        }
    }

    private int Distance(int size, Random random)
    {
        var reach = (int)(size * most);
        return random.Next(-reach, reach + 1);
    }

    private static void MoveRow(ReadOnlySpan<float> from, Span<float> to, int right, int numbers)
    {
        var kept = from.Length - (Math.Abs(right) * numbers);
        if (right >= 0)
            from[..kept].CopyTo(to[(right * numbers)..]);
        else
            from[(-right * numbers)..].CopyTo(to);
        var edge = right >= 0 ? from[..numbers] : from[^numbers..];
        var gap = right >= 0 ? to[..(right * numbers)] : to[kept..];
        for (var i = 0; i < gap.Length; i += numbers)
            edge.CopyTo(gap[i..]);
    }
}
