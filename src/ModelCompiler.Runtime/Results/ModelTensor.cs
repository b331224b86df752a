using System.Globalization;

namespace ModelCompiler;

/// <summary>One output of a model: its values in row-major order and their shape.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class ModelTensor<T>
{
    private readonly T[] _values;
    private readonly long[] _shape;

    /// <summary>Wraps values that the caller gives away.</summary>
    /// <param name="values">In row-major order: the last axis changes fastest.</param>
    /// <param name="shape">The length of each axis; their product is the number of values.</param>
    /// <exception cref="ArgumentException">The shape does not fit the number of values.</exception>
    public ModelTensor(T[] values, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, axis) => checked(product * axis)) != values.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A tensor of [{string.Join(", ", shape)}] cannot have {values.Length} values."), nameof(shape));

        _values = values;
        _shape = shape;
    }

    /// <summary>The values in row-major order.</summary>
    public ReadOnlyMemory<T> Values => _values;

    /// <summary>The values in row-major order.</summary>
    public ReadOnlySpan<T> Span => _values;

    /// <summary>The length of each axis.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of values.</summary>
    public int Length => _values.Length;

    /// <summary>One value by its position in row-major order.</summary>
    public T this[int index] => _values[index];

    /// <summary>One value of a tensor with two axes.</summary>
    /// <inheritdoc cref="this[ReadOnlySpan{int}]" path="/exception"/>
    public T this[int i, int j] => _values[Offset([i, j])];

    /// <summary>One value of a tensor with three axes.</summary>
    /// <inheritdoc cref="this[ReadOnlySpan{int}]" path="/exception"/>
    public T this[int i, int j, int k] => _values[Offset([i, j, k])];

    /// <summary>One value of a tensor with four axes.</summary>
    /// <inheritdoc cref="this[ReadOnlySpan{int}]" path="/exception"/>
    public T this[int i, int j, int k, int l] => _values[Offset([i, j, k, l])];

    /// <summary>One value by its position along each axis.</summary>
    /// <exception cref="ArgumentException">The number of positions is not the number of axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside its axis.</exception>
    public T this[params ReadOnlySpan<int> indices] => _values[Offset(indices)];

    /// <summary>The part at a position of the first axis: a view, not a copy.</summary>
    /// <inheritdoc cref="Slice(ReadOnlySpan{int})" path="/exception"/>
    public ReadOnlySpan<T> Slice(int i) => Slice([i]);

    /// <summary>The part at a position of the first two axes: a view, not a copy.</summary>
    /// <inheritdoc cref="Slice(ReadOnlySpan{int})" path="/exception"/>
    public ReadOnlySpan<T> Slice(int i, int j) => Slice([i, j]);

    /// <summary>The part at a position of the first axes: a view, not a copy.</summary>
    /// <param name="indices">The position along each of them, fewer than there are axes.</param>
    /// <returns>In row-major order: of a tensor [2, 3, 4], <c>Slice(1)</c> has 12 values and <c>Slice(1, 2)</c> has 4.</returns>
    /// <exception cref="ArgumentException">There are as many positions as axes, or more.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside its axis.</exception>
    public ReadOnlySpan<T> Slice(params ReadOnlySpan<int> indices)
    {
        if (indices.Length >= _shape.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{this} has {_shape.Length} axes: a slice has fewer positions than that, but {indices.Length} were given."), nameof(indices));

        var length = 1;
        foreach (var axis in _shape.AsSpan(indices.Length))
            length *= (int)axis;
        return _values.AsSpan(OffsetOf(indices) * length, length);
    }

    /// <summary>For example <c>Single[1, 1000]</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name}[{string.Join(", ", _shape)}]");

    private int Offset(ReadOnlySpan<int> indices)
    {
        if (indices.Length != _shape.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{this} has {_shape.Length} axes, but {indices.Length} positions were given."), nameof(indices));

        return OffsetOf(indices);
    }

    /// <summary>Along the first axes alone.</summary>
    private int OffsetOf(ReadOnlySpan<int> indices)
    {
        var offset = 0L;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[axis], nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(indices[axis], _shape[axis], nameof(indices));
            offset = (offset * _shape[axis]) + indices[axis];
        }

        return (int)offset;
    }
}
