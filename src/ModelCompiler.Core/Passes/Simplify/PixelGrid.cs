using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Parts of an image that take one place each of every step × step block, so that together they hold every pixel once.</summary>
internal sealed class PixelGrid
{
    private readonly AxisView[][] _parts;

    private PixelGrid(AxisView[][] parts) => _parts = parts;

    /// <summary>The step along each spatial axis.</summary>
    public IReadOnlyList<long> Steps => [.. _parts[0].Select(axis => axis.Step)];

    /// <summary>The grid of parts given by what they take along the spatial axes of <paramref name="source"/>; null where they are no grid.</summary>
    public static PixelGrid? Of(AxisView[][] parts, Shape? source)
    {
        var first = parts[0];
        var places = parts.Select(part => string.Join(',', part.Select(axis => axis.Start))).Distinct(StringComparer.Ordinal).Count();
        var alike = parts.All(part => part.Zip(first).All(pair => pair.First.Step == pair.Second.Step && pair.First.Count == pair.Second.Count && pair.First.Start < pair.First.Step));
        var coversAll = first.Select((axis, i) => axis.Count is null || axis.Count * axis.Step == source?[i + 2].Size).All(covered => covered);
        return alike && coversAll && places == parts.Length && first.Aggregate(1L, (product, axis) => product * axis.Step) == parts.Length ? new(parts) : null;
    }

    /// <summary>
    /// The weight [filters, parts · channels, k…] of a Conv over the parts' channels as the weight [filters, channels, step · k…] of one over the image itself.
    /// </summary>
    public Tensor Gather(Tensor weight)
    {
        var kernel = weight.Dims[2..].ToArray();
        var channels = (int)weight.Dims[1] / _parts.Length;
        var taps = (int)kernel.Aggregate(1L, (product, size) => product * size);
        var places = Array.ConvertAll(_parts, part => Enumerable.Range(0, taps).Select(tap => PlaceOf(tap, kernel, part)).ToArray());
        var width = weight.Type.BitWidth() / 8;
        var old = weight.Data.Span;
        var gathered = new byte[old.Length];
        for (var row = 0; row < weight.Dims[0] * weight.Dims[1]; row++)
        {
            var (filter, part, channel) = (row / channels / _parts.Length, row / channels % _parts.Length, row % channels);
            var image = ((filter * channels) + channel) * taps * _parts.Length;
            for (var tap = 0; tap < taps; tap++)
                old.Slice(((row * taps) + tap) * width, width).CopyTo(gathered.AsSpan((image + places[part][tap]) * width));
        }

        return new Tensor(weight.Type, [weight.Dims[0], channels, .. kernel.Zip(Steps, (size, step) => size * step)], new ManagedTensorData(gathered));
    }

    /// <summary>Where in the larger kernel a place of the smaller one comes to lie: s·q + a along each axis.</summary>
    private static int PlaceOf(long tap, long[] kernel, AxisView[] part)
    {
        long place = 0, stride = 1;
        for (var axis = kernel.Length - 1; axis >= 0; axis--)
        {
            place += ((tap % kernel[axis] * part[axis].Step) + part[axis].Start) * stride;
            tap /= kernel[axis];
            stride *= kernel[axis] * part[axis].Step;
        }

        return (int)place;
    }
}
