using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelCompiler;

/// <summary>The values that a model predicts for one sample, each by its name.</summary>
/// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
public sealed class Regression<TLabel>
    where TLabel : unmanaged
{
    private readonly float[] _values;

    /// <summary>Wraps values that the caller gives away.</summary>
    /// <param name="values">In the order of the model's output.</param>
    /// <exception cref="ArgumentException">The label's type is not 32 bits wide.</exception>
    public Regression(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Unsafe.SizeOf<TLabel>() != sizeof(int))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A label is an enum over int, or int itself, but {typeof(TLabel).Name} takes {Unsafe.SizeOf<TLabel>()} bytes."), nameof(values));
        _values = values;
    }

    /// <summary>The values in the order of the model's output.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>How many values.</summary>
    public int Length => _values.Length;

    /// <summary>One value by its name.</summary>
    /// <param name="label">A label of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no value of that name.</exception>
    public float this[TLabel label] => Unsafe.BitCast<TLabel, int>(label) is var index && (uint)index < (uint)_values.Length
        ? _values[index]
        : throw new ArgumentOutOfRangeException(nameof(label), label, string.Create(CultureInfo.InvariantCulture, $"The model predicts {_values.Length} values."));

    /// <summary>For example <c>Width 1.5, Height 2</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _values.Select((value, index) => string.Create(CultureInfo.InvariantCulture, $"{Unsafe.BitCast<int, TLabel>(index)} {value:G4}")));
}

/// <summary>Reads a regression's output: so many values a sample.</summary>
public static class Regression
{
    /// <summary>The values of each sample of a batch.</summary>
    /// <param name="values">The model's output, sample after sample.</param>
    /// <param name="count">How many samples, at least 1.</param>
    /// <exception cref="ArgumentException">The values are not that many samples of the same length.</exception>
    public static IReadOnlyList<float[]> Samples(ReadOnlySpan<float> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (values.Length % count != 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{values.Length} values are not {count} samples of the same length."), nameof(values));
        var length = values.Length / count;
        var samples = new float[count][];
        for (var i = 0; i < count; i++)
            samples[i] = values.Slice(i * length, length).ToArray();
        return samples;
    }

    /// <summary>The values of each sample of a batch, by their names.</summary>
    /// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
    /// <inheritdoc cref="Samples(ReadOnlySpan{float}, int)"/>
    public static IReadOnlyList<Regression<TLabel>> Samples<TLabel>(ReadOnlySpan<float> values, int count)
        where TLabel : unmanaged =>
        [.. Samples(values, count).Select(sample => new Regression<TLabel>(sample))];
}
