using System.Numerics.Tensors;

namespace DigitReader.Training.Network;

/// <summary>
/// im2col for 3×3 windows: row (channel, ky, kx) of the unrolled matrix holds, for every position of every sample, the value under that
/// tap of the window; outside the image it is zero. And its adjoint.
/// </summary>
internal static class Unrolling
{
    /// <summary>Fills <paramref name="unrolled"/> ([channels·9, count·height·width]) from samples first … first + count − 1.</summary>
    public static void Unroll(Batch input, int first, int count, Span<float> unrolled)
    {
        var columns = count * input.MapSize;
        for (var tap = 0; tap < input.Channels * 9; tap++)
        {
            var row = unrolled.Slice(tap * columns, columns);
            for (var sample = 0; sample < count; sample++)
                Shift(input.Map(tap / 9, first + sample), row.Slice(sample * input.MapSize, input.MapSize), input.Width, tap % 9);
        }
    }

    /// <summary>Adds every value of <paramref name="unrolled"/> to the input value it was taken from.</summary>
    public static void AddRolled(ReadOnlySpan<float> unrolled, Batch input, int first, int count)
    {
        var columns = count * input.MapSize;
        for (var tap = 0; tap < input.Channels * 9; tap++)
        {
            var row = unrolled.Slice(tap * columns, columns);
            for (var sample = 0; sample < count; sample++)
                AddShifted(row.Slice(sample * input.MapSize, input.MapSize), input.Map(tap / 9, first + sample), input.Width, tap % 9);
        }
    }

    private static void Shift(ReadOnlySpan<float> source, Span<float> target, int width, int tap)
    {
        var (dy, dx) = ((tap / 3) - 1, (tap % 3) - 1);
        var height = source.Length / width;
        var (left, length) = (Math.Max(0, -dx), width - Math.Abs(dx));
        for (var y = 0; y < height; y++)
        {
            var line = target.Slice(y * width, width);
            if (y + dy < 0 || y + dy >= height)
            {
                line.Clear();
                continue;
            }

            source.Slice(((y + dy) * width) + left + dx, length).CopyTo(line[left..]);
            if (dx != 0)
                line[dx < 0 ? 0 : width - 1] = 0f;
        }
    }

    private static void AddShifted(ReadOnlySpan<float> source, Span<float> target, int width, int tap)
    {
        var (dy, dx) = ((tap / 3) - 1, (tap % 3) - 1);
        var height = source.Length / width;
        var (left, length) = (Math.Max(0, -dx), width - Math.Abs(dx));
        for (var y = Math.Max(0, -dy); y < Math.Min(height, height - dy); y++)
        {
            var line = target.Slice(((y + dy) * width) + left + dx, length);
            TensorPrimitives.Add(line, source.Slice((y * width) + left, length), line);
        }
    }
}
