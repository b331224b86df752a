using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>Chooses sizes for dimensions that a model leaves open; a named dimension has one size throughout the model.</summary>
/// <param name="openSize">The size of every open dimension, or null to guess each from its place.</param>
internal sealed class SyntheticSizes(long? openSize)
{
    /// <summary>A multiple of 32, the stride at which most image networks end.</summary>
    private const long ImageSide = 224;

    private const long SequenceLength = 16;

    /// <summary>A frame of audio: shorter ones leave nothing for the filters of a signal network.</summary>
    private const long SignalLength = 512;

    private readonly Dictionary<string, long> _named = new(StringComparer.Ordinal);

    /// <summary>The sizes of one sample; an input whose rank is not declared becomes one row of values.</summary>
    public long[] Of(ValueSignature input)
    {
        if (input.Shape is not { } shape)
            return [1, openSize ?? SequenceLength];
        var sizes = new long[shape.Count];
        for (var axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = shape[axis].Size ?? SizeOf(shape[axis].Name, openSize ?? Guess(axis, shape, input.ElementType));
        return sizes;
    }

    private long SizeOf(string? name, long guess)
    {
        if (name is null)
            return guess;
        return _named.TryGetValue(name, out var known) ? known : _named[name] = guess;
    }

    private static long Guess(int axis, EquatableArray<Dimension> shape, ElementType type)
    {
        if (axis == 0)
            return 1;
        if (shape.Count != 4)
            return shape.Count == 2 && type.IsFloatingPoint() ? SignalLength : SequenceLength;
        var channelsLast = shape[3].Size is 1 or 3 or 4;
        var isChannel = channelsLast ? axis == 3 : axis == 1;
        return isChannel ? 3 : ImageSide;
    }
}
